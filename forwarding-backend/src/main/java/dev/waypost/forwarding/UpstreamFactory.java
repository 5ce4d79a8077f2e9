package dev.waypost.forwarding;

import dev.waypost.forwarding.transport.HttpsTransport;
import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.forwarding.transport.PlainStream;
import dev.waypost.forwarding.transport.StreamTransport;
import dev.waypost.forwarding.transport.TlsStream;
import dev.waypost.forwarding.transport.TlsWorker;
import dev.waypost.forwarding.transport.UdpTransport;
import dev.waypost.forwarding.transport.UpstreamStream;
import dev.waypost.forwarding.transport.UpstreamTransport;
import java.net.URI;
import java.time.Duration;

/** Makes upstreams with the ways to them, and holds what they share. Belongs to the loop's thread. */
final class UpstreamFactory implements AutoCloseable {
    private final IoLoop loop;
    private final ForwardSettings settings;
    private final ForwardMetrics metrics;
    private final TlsWorker worker;
    private final UpstreamTls tls;
    private final HttpClients clients;

    UpstreamFactory(IoLoop loop, ForwardSettings settings, ForwardMetrics metrics) {
        this.loop = loop;
        this.settings = settings;
        this.metrics = metrics;
        this.worker = new TlsWorker(loop);
        this.tls = new UpstreamTls(settings.secure().context());
        this.clients = new HttpClients(tls, Duration.ofNanos(settings.tries().tryNanos()), worker);
    }

    /** An upstream at an address that is resolved. */
    Upstream upstream(UpstreamAddress address) {
        return new Upstream(loop, ways(address), settings, metrics);
    }

    private Upstream.Ways ways(UpstreamAddress address) {
        String label = address.label();
        return switch (address.scheme()) {
            case DNS -> {
                UpstreamTransport datagrams = new UdpTransport(
                        loop, address.address(), settings.keeping().source());
                yield new Upstream.Ways(label, datagrams, streams(address, PlainStream::new, "tcp"));
            }
            case TLS -> {
                UpstreamStream.Factory secure = channel -> new TlsStream(channel, tls.engine(address), worker);
                yield Upstream.Ways.one(label, streams(address, secure, "tcp-tls"));
            }
            case HTTPS -> {
                URI url = URI.create(address.toString());
                boolean get = settings.secure().get();
                yield Upstream.Ways.one(label, new HttpsTransport(loop, clients.client(address), url, get));
            }
        };
    }

    private UpstreamTransport streams(UpstreamAddress address, UpstreamStream.Factory factory, String protocol) {
        return new StreamTransport(
                loop,
                address.address(),
                factory,
                settings.keeping(),
                reused -> metrics.connection(address.label(), protocol, reused));
    }

    @Override
    public void close() {
        clients.close();
        worker.close();
    }
}
