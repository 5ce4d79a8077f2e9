package dev.waypost.forwarding;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Optional;

/**
 * One query in one datagram and the wait for its reply.
 *
 * <p>The socket is connected, so the kernel drops what comes from any other address or port; what does not match our ID
 * and question is passed over here, and the wait goes on.
 */
final class UdpExchange implements IoLoop.ChannelHandler {
    /** So many stray datagrams, and somebody is guessing: the question moves to TCP. */
    static final int STRAY_LIMIT = 5;

    private static final int IDS = 1 << 16;

    private final IoLoop loop;
    private final Ask ask;
    private final int id;
    private final DatagramChannel channel;
    private final Timer timer;
    private int strays;
    private boolean over;

    UdpExchange(IoLoop loop, InetSocketAddress upstream, Ask ask) throws IOException {
        this.loop = loop;
        this.ask = ask;
        this.id = loop.random().nextInt(IDS);
        this.channel = open(upstream);
        this.timer = loop.at(ask.deadlineNanos(), () -> end(Outcome.failed(Outcome.Cause.TIMEOUT)));
    }

    private static DatagramChannel open(InetSocketAddress upstream) throws IOException {
        DatagramChannel opened = DatagramChannel.open(
                upstream.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        try {
            opened.bind(null); // port 0: the kernel draws a free one at random (RFC 6056)
            opened.connect(upstream);
            return opened;
        } catch (IOException | RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    void begin() throws IOException {
        try {
            loop.watch(channel, SelectionKey.OP_READ, this);
            channel.write(ByteBuffer.wrap(UpstreamQuery.render(ask.question(), id, ask.edns())));
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
            end(Outcome.failed(Outcome.Cause.UNREACHABLE));
        } catch (RuntimeException | Error fault) {
            end(Outcome.failed(Outcome.Cause.UNREACHABLE));
            throw fault;
        }
    }

    private void read(ByteBuffer datagram) {
        Optional<UpstreamReply> reply = UpstreamReply.match(datagram, id, ask.question());
        if (reply.isPresent()) {
            end(new Outcome.Replied(reply.get()));
        } else if (++strays >= STRAY_LIMIT) {
            end(Outcome.failed(Outcome.Cause.STRAY));
        }
    }

    private void end(Outcome outcome) {
        if (!over) {
            close();
            ask.done().accept(outcome);
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
