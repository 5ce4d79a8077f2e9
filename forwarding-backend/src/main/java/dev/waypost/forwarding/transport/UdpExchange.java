package dev.waypost.forwarding.transport;

import dev.waypost.forwarding.message.Arrival;
import dev.waypost.forwarding.message.UpstreamQuery;
import dev.waypost.forwarding.message.UpstreamReply;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One query in one datagram and the wait for its reply.
 *
 * <p>The socket is connected, so the kernel drops what comes from any other address or port; what does not match our ID
 * and question is passed over here, and the wait goes on.
 */
final class UdpExchange implements IoLoop.ChannelHandler {
    /**
     * Who brings back our ID and question is the upstream itself or has guessed both; when no better reply follows within
     * this, the question moves to TCP, where nobody can guess.
     */
    private static final long BROKEN_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int IDS = 1 << 16;

    private final IoLoop loop;
    private final InetSocketAddress upstream;
    private final Ask ask;
    private final UpstreamQuery query;
    private final DatagramChannel channel;
    private Timer timer;
    private int strays;
    private boolean moving;
    private boolean over;

    UdpExchange(IoLoop loop, InetSocketAddress upstream, Ask ask) throws IOException {
        this.loop = loop;
        this.upstream = upstream;
        this.ask = ask;
        this.query = UpstreamQuery.of(ask.question(), ask.form(), loop.random().nextInt(IDS), loop.random());
        this.channel = DatagramChannel.open(
                upstream.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        this.timer = loop.at(ask.deadlineNanos(), () -> fail(Outcome.Cause.TIMEOUT));
    }

    void begin(@Nullable InetSocketAddress source) throws IOException {
        try {
            channel.bind(source); // port 0: the kernel draws a free one at random (RFC 6056)
            channel.connect(upstream);
            loop.watch(channel, SelectionKey.OP_READ, this);
            channel.write(ByteBuffer.wrap(query.message()));
        } catch (IOException | RuntimeException refused) {
            close();
            throw refused;
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            while (!over) {
                ByteBuffer datagram = loop.inbound();
                if (channel.read(datagram) <= 0) {
                    return; // nothing there, or an empty datagram: the selector says when there is more
                }
                read(datagram.flip());
            }
        } catch (IOException refused) {
            fail(Outcome.Cause.UNREACHABLE);
        } catch (RuntimeException | Error fault) {
            fail(Outcome.Cause.UNREACHABLE);
            throw fault;
        }
    }

    private void read(ByteBuffer datagram) {
        Arrival arrival = UpstreamReply.read(datagram, query);
        if (arrival instanceof Arrival.Ours ours
                && !(ours.recased() && ask.form().mixedCase())) {
            close();
            ask.replied(ours);
        } else if (++strays >= UpstreamTransport.STRAY_LIMIT) {
            fail(Outcome.Cause.STRAY);
        } else if (arrival != Arrival.Odd.STRAY) {
            moveSoon();
        }
    }

    private void moveSoon() {
        long soon = loop.now() + BROKEN_GRACE_NANOS;
        if (!moving && soon - ask.deadlineNanos() < 0) {
            moving = true;
            timer.cancel();
            timer = loop.at(soon, () -> fail(Outcome.Cause.STRAY));
        }
    }

    private void fail(Outcome.Cause cause) {
        if (!over) {
            close();
            ask.failed(cause);
        }
    }

    private void close() {
        over = true;
        timer.cancel();
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            // a datagram socket has nothing to flush
        }
    }
}
