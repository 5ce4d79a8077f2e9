package dev.waypost.forwarding.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Datagrams: a socket of its own for each query, so that each has a fresh random port (RFC 5452 section 9.2). */
public final class UdpTransport implements UpstreamTransport {
    private final IoLoop loop;
    private final InetSocketAddress upstream;
    private final @Nullable InetSocketAddress source;

    /**
     * @param source the address to send from; {@code null} leaves it to the system
     */
    public UdpTransport(IoLoop loop, InetSocketAddress upstream, @Nullable InetAddress source) {
        this.loop = loop;
        this.upstream = upstream;
        this.source = source == null ? null : new InetSocketAddress(source, 0);
    }

    @Override
    public void carry(Ask ask) {
        try {
            new UdpExchange(loop, upstream, ask).begin(source);
        } catch (IOException | RuntimeException refused) {
            // told in the next turn, so that a loop of quick failures never deepens the stack
            loop.execute(() -> ask.failed(Outcome.Cause.UNREACHABLE));
        }
    }
}
