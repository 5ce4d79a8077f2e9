package dev.waypost.socket;

import dev.waypost.Exchange;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts queries under CoreDNS's names; one object for all blocks that have {@code prometheus}, from plan to plan. */
final class QueryMetrics implements QueryObserver, MetricSource {
    private final Map<String, Map<String, RouteCounters>> routes = new ConcurrentHashMap<>();
    private final LongAdder panics = new LongAdder();

    @Override
    public void replied(Exchange exchange) {
        route(exchange.server(), exchange.zone()).count(exchange);
    }

    private RouteCounters route(String server, String zone) {
        Map<String, RouteCounters> zones = routes.get(server);
        if (zones == null) {
            zones = routes.computeIfAbsent(server, any -> new ConcurrentHashMap<>());
        }
        RouteCounters known = zones.get(zone);
        return known != null ? known : zones.computeIfAbsent(zone, any -> new RouteCounters(server, zone));
    }

    @Override
    public void failed(Query query, Throwable cause) {
        panics.increment();
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        sink.accept(
                new Metric.Counter("coredns_panics_total", "Exceptions that resolvers threw.", Map.of(), panics.sum()));
        routes.values().forEach(zones -> zones.values().forEach(route -> route.collect(sink)));
    }
}
