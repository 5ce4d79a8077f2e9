package dev.waypost.forwarding;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Datagrams: a socket of its own for each query, so that each has a fresh random port (RFC 5452 section 9.2). */
final class UdpTransport implements UpstreamTransport {
    private final IoLoop loop;
    private final InetSocketAddress upstream;

    UdpTransport(IoLoop loop, InetSocketAddress upstream) {
        this.loop = loop;
        this.upstream = upstream;
    }

    @Override
    public void carry(Ask ask) {
        try {
            new UdpExchange(loop, upstream, ask).begin();
        } catch (IOException | RuntimeException refused) {
            // told in the next turn, so that a loop of quick failures never deepens the stack
            loop.execute(() -> ask.done().accept(Outcome.failed(Outcome.Cause.UNREACHABLE)));
        }
    }
}
