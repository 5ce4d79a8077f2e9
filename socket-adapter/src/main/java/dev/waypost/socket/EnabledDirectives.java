package dev.waypost.socket;

import dev.waypost.ListenPoint;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.corefile.BlockContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/** Which directives take part at which zone and listen point: CoreDNS's {@code coredns_plugin_enabled}. */
record EnabledDirectives(Map<Name, List<ListenPoint>> listen, List<String> directives) implements MetricSource {
    /** Those of one server block. */
    static EnabledDirectives of(BlockContext block) {
        Map<Name, List<ListenPoint>> listen = new LinkedHashMap<>();
        block.zones().forEach(zone -> listen.put(zone, block.listenPointsOf(zone)));
        return new EnabledDirectives(listen, block.directives());
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        listen.forEach((zone, points) ->
                points.forEach(point -> directives.forEach(directive -> sink.accept(new Metric.Gauge(
                        "coredns_plugin_enabled",
                        "1 for each directive that takes part at a server and zone.",
                        Map.of("server", point.toString(), "zone", zone.toString(), "view", "", "name", directive),
                        1)))));
    }
}
