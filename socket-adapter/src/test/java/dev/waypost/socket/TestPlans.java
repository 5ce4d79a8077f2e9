package dev.waypost.socket;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Patience;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Plans whose one zone is {@code example.org}, and what may go wrong in them. */
final class TestPlans {
    static final String HOST = "www.example.org.";

    /** Answered when a test completes it. */
    static final String LATER = "later.example.org.";

    /** Fails with an Error that no one may expect. */
    static final String BROKEN = "broken.example.org.";

    /** Has a TXT RRset of some 20 kB. */
    static final String BIG = "big.example.org.";

    /** Has a TXT RRset of some 60 kB, nearly as much as a message holds. */
    static final String HUGE = "huge.example.org.";

    /** Longer than any test. */
    static final Duration LONG = Duration.ofHours(1);

    /** Stops soon, and lets clients take their time: a machine that stands still for seconds ends no connection. */
    static final ServerOptions QUICK = ServerOptions.DEFAULTS
            .withUdpWorkers(2)
            .withStopTimeout(Duration.ofSeconds(2))
            .withConnectionTimeouts(LONG, LONG, LONG);

    /** Stops without haste: for tests that let a reply go only while a server stops. */
    static final ServerOptions PATIENT = QUICK.withStopTimeout(Patience.LIMIT);

    private final Queue<CompletableFuture<Resolution>> waiting = new ConcurrentLinkedQueue<>();

    static ListenPoint loopback() {
        return new ListenPoint("dns", "127.0.0.1", 0);
    }

    /** A zone that says the given address for every A query. */
    static EnginePlan.Builder saying(String address, ListenPoint... points) {
        return EnginePlan.builder().zone(new ZonePlan(name("example.org."), List.of(points), a(address), List.of()));
    }

    static Resolver a(String address) {
        return query -> Response.answer(Freshness.never(), set(query.qname(), address));
    }

    /** A zone with every name of this class. */
    EnginePlan.Builder everything(ListenPoint... points) {
        return EnginePlan.builder().zone(new ZonePlan(name("example.org."), List.of(points), this::resolve, List.of()));
    }

    /** An engine for every name of this class, whose time stands still: a reply is never too late to be sent. */
    DnsEngine engine() {
        return DnsEngine.builder()
                .resolver(name("example.org."), this::resolve)
                .ticker(new FakeTicker())
                .build()
                .start();
    }

    private Resolution resolve(Query query) {
        return switch (query.qname().toString()) {
            case LATER -> later();
            case BROKEN -> throw new LinkageError("thrown by a test");
            case BIG -> Response.answer(Freshness.always(), texts(query.qname(), 100));
            case HUGE -> Response.answer(Freshness.always(), texts(query.qname(), 280));
            default ->
                query.qtype() == Type.TXT ? whoAsks(query) : a("192.0.2.1").resolve(query);
        };
    }

    private Resolution later() {
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        waiting.add(answer);
        return Pending.on(answer);
    }

    /** How many queries wait for {@link #completeAll}. */
    int waiting() {
        return waiting.size();
    }

    void completeAll() {
        for (CompletableFuture<Resolution> each = waiting.poll(); each != null; each = waiting.poll()) {
            each.complete(Response.answer(Freshness.never(), set(name(LATER), "192.0.2.99")));
        }
    }

    private static Response whoAsks(Query query) {
        Client client = query.client();
        String text = client.transport() + " " + client.address().getHostAddress() + " " + client.port() + " "
                + client.server().getAddress().getHostAddress() + " "
                + client.server().getPort();
        return Response.answer(Freshness.never(), RecordSet.of(new TXTRecord(query.qname(), DClass.IN, 0, text)));
    }

    private static RecordSet texts(Name owner, int count) {
        TXTRecord[] more = new TXTRecord[count];
        for (int i = 0; i < more.length; i++) {
            more[i] = new TXTRecord(owner, DClass.IN, 60, "x".repeat(200) + i);
        }
        return RecordSet.of(new TXTRecord(owner, DClass.IN, 60, "first"), more);
    }

    static RecordSet set(Name owner, String address) {
        try {
            return RecordSet.of(new ARecord(owner, DClass.IN, 60, InetAddress.getByName(address)));
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
