package dev.waypost.examples.server;

import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.DnsServer;
import dev.waypost.testing.FreePort;
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

    private volatile int ttlSeconds = 300;

    private Upstream(int port) {
        engine = DnsEngine.builder()
                .resolver(Name.root, this::answer)
                .imageSlots(0)
                .build()
                .start();
        server = DnsServer.builder(engine)
                .listen(new ListenPoint("dns", "127.0.0.1", port))
                .start();
    }

    static Upstream start() {
        return new Upstream(FreePort.next());
    }

    /** Another one in its place, once it is closed. */
    Upstream again() {
        return new Upstream(port());
    }

    /** The TTL of its answers from now on. */
    void ttl(int seconds) {
        ttlSeconds = seconds;
    }

    private Resolution answer(Query query) {
        asked.add(query.qname() + " " + Type.string(query.qtype()) + " "
                + query.client().transport());
        return query.qtype() == Type.A
                ? Response.answer(
                        Freshness.never(), RecordSet.ofRdata(query.qname(), Type.A, ttlSeconds, List.of(OCTETS)))
                : Response.failure(Rcode.NXDOMAIN);
    }

    /** As a Corefile names it. */
    String address() {
        return "127.0.0.1:" + port();
    }

    private int port() {
        return server.addresses().get(0).getPort();
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
