package dev.waypost.forwarding;

/** Makes upstreams with the ways to them. Belongs to the loop's thread. */
final class UpstreamFactory {
    private final IoLoop loop;
    private final ForwardSettings settings;
    private final ForwardMetrics metrics;

    UpstreamFactory(IoLoop loop, ForwardSettings settings, ForwardMetrics metrics) {
        this.loop = loop;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** An upstream at an address that is resolved. */
    Upstream upstream(UpstreamAddress address) {
        return new Upstream(loop, ways(address), settings, metrics);
    }

    private Upstream.Ways ways(UpstreamAddress address) {
        String label = address.label();
        UpstreamTransport datagrams =
                new UdpTransport(loop, address.address(), settings.keeping().source());
        UpstreamTransport streams = new StreamTransport(
                loop,
                address.address(),
                PlainStream::new,
                settings.keeping(),
                reused -> metrics.connection(label, "tcp", reused));
        return new Upstream.Ways(label, datagrams, streams);
    }
}
