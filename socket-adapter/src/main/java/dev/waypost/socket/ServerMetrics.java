package dev.waypost.socket;

import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.engine.DnsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/** Every measurement of a server: the plan's, the host's, the sockets' and what was built. */
final class ServerMetrics implements MetricSource {
    private static final String POM = "/META-INF/maven/dev.waypost/waypost-socket/pom.properties";

    private static final String VERSION = version();

    private final DnsEngine engine;
    private final SocketCounters counters;
    private final List<MetricSource> more;

    ServerMetrics(DnsEngine engine, SocketCounters counters, List<MetricSource> more) {
        this.engine = engine;
        this.counters = counters;
        this.more = more;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        // The label names are CoreDNS's; its goversion is what it runs on.
        sink.accept(new Metric.Gauge(
                "coredns_build_info",
                "Which version runs, as labels of a constant 1.",
                Map.of("version", VERSION, "revision", "", "goversion", "java" + Runtime.version()),
                1));
        engine.collect(sink);
        shared().forEach(source -> source.collect(sink));
        more.forEach(source -> source.collect(sink));
        counters.collect(sink);
    }

    /** What several blocks share is attached by each of them, and is to be counted once. */
    private Set<MetricSource> shared() {
        Set<MetricSource> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        shared.addAll(engine.plan().attachments(MetricSource.class));
        return shared;
    }

    /** As Maven wrote it into the jar. */
    private static String version() {
        try (InputStream pom = ServerMetrics.class.getResourceAsStream(POM)) {
            Properties properties = new Properties();
            if (pom != null) {
                properties.load(pom);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
