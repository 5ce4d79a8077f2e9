package dev.waypost.examples.server;

import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.DnsServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A name server to forward to, on 127.0.0.1: every name has one A record, and every question is remembered. */
final class Upstream implements AutoCloseable {
    static final String ADDRESS = "203.0.113.7";

    private static final byte[] OCTETS = {(byte) 203, 0, 113, 7};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final DnsEngine engine;
    private final DnsServer server;

    private Upstream() {
        engine = DnsEngine.builder()
                .resolver(Name.root, this::answer)
                .imageSlots(0)
                .build()
                .start();
        server = DnsServer.builder(engine)
                .listen(new ListenPoint("dns", "127.0.0.1", 0))
                .start();
    }

    static Upstream start() {
        return new Upstream();
    }

    private Resolution answer(Query query) {
        asked.add(query.qname() + " " + Type.string(query.qtype()));
        return query.qtype() == Type.A
                ? Response.answer(Freshness.never(), RecordSet.ofRdata(query.qname(), Type.A, 300, List.of(OCTETS)))
                : Response.failure(Rcode.NXDOMAIN);
    }

    /** As a Corefile names it. */
    String address() {
        return "127.0.0.1:" + server.addresses().get(0).getPort();
    }

    List<String> asked(String qname) {
        return asked.stream().filter(each -> each.startsWith(qname)).toList();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
