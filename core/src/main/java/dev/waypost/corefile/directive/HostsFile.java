package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.zone.HostsResolver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A hosts file with the lines of the Corefile: looked at again and again, and measured as CoreDNS does. */
final class HostsFile implements MetricSource {
    private static final Logger LOG = System.getLogger("dev.waypost.hosts");

    private final Path file;
    private final HostsResolver resolver;

    /** @throws ConfigurationException for a file that is there and cannot be read */
    HostsFile(Path file, HostsResolver resolver) {
        this.file = file;
        this.resolver = resolver;
        resolver.reload();
    }

    HostsResolver resolver() {
        return resolver;
    }

    void reload() {
        try {
            if (resolver.reload()) {
                LOG.log(Level.INFO, "loaded again from " + file + ", " + resolver.entries() + " entries");
            }
        } catch (ConfigurationException unusable) {
            LOG.log(Level.WARNING, "hosts go on as they were: " + unusable.getMessage());
        }
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(new Metric.Gauge(
                "coredns_hosts_entries",
                "Names and addresses known from the hosts file and the Corefile.",
                Map.of("hostsfile", file.toString()),
                resolver.entries()));
        resolver.fileTime()
                .ifPresent(time -> sink.accept(new Metric.Gauge(
                        "coredns_hosts_reload_timestamp_seconds",
                        "When the hosts file was read last, Unix seconds.",
                        Map.of(),
                        time.toEpochMilli() / 1000.0)));
    }
}
