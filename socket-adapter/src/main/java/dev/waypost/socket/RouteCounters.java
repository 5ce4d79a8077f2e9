package dev.waypost.socket;

import dev.waypost.Exchange;
import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.Transport;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.xbill.DNS.Rcode;

/** The query metrics of one listener and zone. Counting takes no lock and, once a route is known, no object. */
final class RouteCounters {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final double[] SIZES = {
        0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16_000, 32_000, 48_000, 64_000
    };

    private enum Proto {
        UDP,
        TCP,
        MEMORY;

        static Proto of(Transport transport) {
            return switch (transport) {
                case UDP -> UDP;
                case TCP, TLS -> TCP; // CoreDNS counts a TLS stream as tcp too
                case MEMORY -> MEMORY;
            };
        }
    }

    /** What is kept for each protocol. */
    private static final class ProtoCounters {
        final LongAdder[][] requests = new LongAdder[2][CountedTypes.COUNT];
        final Histogram requestSize = Histogram.of(SIZES);
        final Histogram responseSize = Histogram.of(SIZES);
        final LongAdder count = new LongAdder();

        ProtoCounters() {
            for (LongAdder[] ofFamily : requests) {
                for (int type = 0; type < ofFamily.length; type++) {
                    ofFamily[type] = new LongAdder();
                }
            }
        }
    }

    private final Map<String, String> labels;
    private final ProtoCounters[] protos = new ProtoCounters[Proto.values().length];
    private final Histogram duration = Histogram.exponential(0.00025, 2, 16);
    private final LongAdder dnssecOk = new LongAdder();
    private final Map<String, Map<Integer, LongAdder>> responses = new ConcurrentHashMap<>();

    RouteCounters(String server, String zone) {
        this.labels = Map.of("server", server, "zone", zone, "view", "");
        for (int i = 0; i < protos.length; i++) {
            protos[i] = new ProtoCounters();
        }
    }

    void count(Exchange exchange) {
        ProtoCounters proto = protos[Proto.of(exchange.client().transport()).ordinal()];
        int family = exchange.client().address() instanceof Inet6Address ? 1 : 0;
        proto.count.increment();
        proto.requests[family][CountedTypes.index(exchange.qtype())].increment();
        proto.requestSize.observe(exchange.querySize());
        proto.responseSize.observe(exchange.replySize());
        duration.observe(exchange.durationNanos() / NANOS_PER_SECOND);
        if (exchange.dnssecOk()) {
            dnssecOk.increment();
        }
        responses(exchange.answeredBy(), exchange.rcode()).increment();
    }

    private LongAdder responses(String plugin, int rcode) {
        Map<Integer, LongAdder> byRcode = responses.get(plugin);
        if (byRcode == null) {
            byRcode = responses.computeIfAbsent(plugin, any -> new ConcurrentHashMap<>());
        }
        LongAdder count = byRcode.get(rcode);
        return count != null ? count : byRcode.computeIfAbsent(rcode, any -> new LongAdder());
    }

    void collect(Consumer<Metric> sink) {
        for (Proto proto : Proto.values()) {
            ProtoCounters counters = protos[proto.ordinal()];
            if (counters.count.sum() > 0) {
                collect(counters, labelled("proto", proto.name().toLowerCase(Locale.ROOT)), sink);
            }
        }
        sink.accept(duration.distribution(
                "coredns_dns_request_duration_seconds", "Seconds from a query to its reply.", labels));
        if (dnssecOk.sum() > 0) {
            sink.accept(new Metric.Counter(
                    "coredns_dns_do_requests_total", "Queries with the DO bit set.", labels, dnssecOk.sum()));
        }
        responses.forEach((plugin, byRcode) -> byRcode.forEach((rcode, count) -> sink.accept(new Metric.Counter(
                "coredns_dns_responses_total",
                "Replies by RCODE and by who answered.",
                labelled("plugin", plugin, "rcode", Rcode.string(rcode)),
                count.sum()))));
    }

    private void collect(ProtoCounters counters, Map<String, String> ofProto, Consumer<Metric> sink) {
        for (int family = 0; family < counters.requests.length; family++) {
            for (int type = 0; type < CountedTypes.COUNT; type++) {
                long count = counters.requests[family][type].sum();
                if (count > 0) {
                    Map<String, String> all = new HashMap<>(ofProto);
                    all.put("family", Integer.toString(family + 1));
                    all.put("type", CountedTypes.label(type));
                    sink.accept(new Metric.Counter(
                            "coredns_dns_requests_total", "Queries by protocol, address family and type.", all, count));
                }
            }
        }
        sink.accept(counters.requestSize.distribution(
                "coredns_dns_request_size_bytes", "Octets of query messages.", ofProto));
        sink.accept(counters.responseSize.distribution(
                "coredns_dns_response_size_bytes", "Octets of reply messages.", ofProto));
    }

    private Map<String, String> labelled(String... more) {
        Map<String, String> all = new HashMap<>(labels);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
