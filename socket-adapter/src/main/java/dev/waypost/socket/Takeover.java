package dev.waypost.socket;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import dev.waypost.engine.EnginePlan;
import dev.waypost.wire.WirePolicy;
import dev.waypost.wire.WireResponder;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The sockets of the next plan, bound, while those of the present one still serve. */
final class Takeover {
    private final DnsServer server;
    private final EnginePlan plan;
    private final Map<LocalAddress, ListenPoint> points;
    private final List<HttpEndpoint> pages;
    private final Bindings<LocalAddress, LocalListener>.Change listeners;
    private final Bindings<HttpAddress, EndpointServer>.Change endpoints;

    private Takeover(EnginePlan plan, Map<LocalAddress, ListenPoint> points, DnsServer server) {
        this.server = server;
        this.points = points;
        this.pages = plan.attachments(HttpEndpoint.class);
        this.plan = plan;
        points.values().forEach(this::requireCertificate);
        this.listeners = server.listenerBindings().stage(points.keySet(), this::bind);
        try {
            this.endpoints =
                    server.endpointBindings().stage(byAddress().keySet(), each -> Optional.of(endpoint(each, server)));
        } catch (RuntimeException refused) {
            listeners.undo();
            throw refused;
        }
    }

    /** Binds what the plan wants and is not bound yet; when one address is refused, nothing of it stays open. */
    static Takeover stage(EnginePlan plan, List<ListenPoint> wanted, DnsServer server) {
        return new Takeover(plan, ListenAddresses.of(wanted), server);
    }

    private static EndpointServer endpoint(HttpAddress address, DnsServer server) {
        return EndpointServer.bind(address, server.served(), server.counters()::failed, server.ticker());
    }

    private ServerOptions options(ListenPoint point) {
        return ListenerSettings.of(plan, point, server.options());
    }

    private void requireCertificate(ListenPoint point) {
        if (point.scheme().equals(ListenPoint.TLS) && options(point).tls().isEmpty()) {
            throw ConfigurationException.of(
                    point.toString(), "wants a certificate: the directive 'tls', or ServerOptions.withTls");
        }
    }

    private Optional<LocalListener> bind(LocalAddress address) {
        ListenPoint point = Objects.requireNonNull(points.get(address));
        try {
            int workers = options(point).udpWorkers(points.size());
            return Optional.of(LocalListener.bind(address, workers, server.counters()));
        } catch (UncheckedIOException refused) {
            if (address.optional()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Map<HttpAddress, Map<String, HttpEndpoint.Page>> byAddress() {
        Map<HttpAddress, Map<String, HttpEndpoint.Page>> sorted = new HashMap<>();
        for (HttpEndpoint each : pages) {
            // Several blocks may want one page: the first gives it, and they all show the same.
            sorted.computeIfAbsent(each.address(), any -> new HashMap<>()).putIfAbsent(each.path(), each.page());
        }
        return sorted;
    }

    /** Closes what was bound for it. */
    void undo() {
        listeners.undo();
        endpoints.undo();
    }

    /** Serves the plan's pages on the addresses that are new, before the plan answers. */
    void servePages() {
        endpoints.added().forEach(EndpointServer::serve);
        showPages();
    }

    /** Serves the plan, which answers by now, and closes what it does not want. */
    void take() {
        listeners.next().forEach((address, listener) -> {
            ListenPoint point = points.get(address);
            if (point != null) {
                serve(listener, point);
            }
        });
        List<LocalListener> unwanted = listeners.take();
        listeners.added().forEach(listener -> {
            listener.serve();
            server.loop().accept(listener);
        });
        List<EndpointServer> closing = endpoints.take();
        servePages();
        closing.forEach(EndpointServer::close);
        server.retire(unwanted);
    }

    private void serve(LocalListener listener, ListenPoint point) {
        ServerOptions options = options(point);
        WireResponder wire = server.engine().wire(point);
        WirePolicy policy = options.policy();
        listener.answerWith((query, length, reply, path) -> wire.respond(query, length, reply, path, policy), options);
    }

    private void showPages() {
        Map<HttpAddress, Map<String, HttpEndpoint.Page>> byAddress = byAddress();
        endpoints.next().forEach((address, endpoint) -> endpoint.show(byAddress.getOrDefault(address, Map.of())));
        for (HttpEndpoint each : pages) {
            EndpointServer endpoint = endpoints.next().get(each.address());
            if (endpoint != null) {
                each.servedAt(endpoint.uri(each.path()));
            }
        }
    }
}
