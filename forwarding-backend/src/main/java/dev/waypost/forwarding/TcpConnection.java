package dev.waypost.forwarding;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream: connecting, carrying one query, or idle. */
final class TcpConnection implements IoLoop.ChannelHandler {
    private static final int IDS = 1 << 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final IoLoop loop;
    private final TcpTransport owner;
    private final InetSocketAddress upstream;
    private final SocketChannel channel;
    private final FrameReader frames = new FrameReader();
    private ByteBuffer outbound = NOTHING;
    private @Nullable Ask ask;
    private @Nullable Timer timer;
    private @Nullable SelectionKey key;
    private int id;
    private int strays;
    private boolean used;
    private boolean over;

    TcpConnection(IoLoop loop, TcpTransport owner, InetSocketAddress upstream) throws IOException {
        this.loop = loop;
        this.owner = owner;
        this.upstream = upstream;
        this.channel = SocketChannel.open();
    }

    /** Gives the connection its query; it is sent when the connection stands. */
    void ask(Ask next) {
        ask = next;
        id = loop.random().nextInt(IDS);
        strays = 0;
        byte[] message = UpstreamQuery.render(next.question(), id, next.edns());
        outbound = ByteBuffer.allocate(message.length + 2);
        outbound.putShort((short) message.length).put(message).flip(); // length first: RFC 1035 section 4.2.2
        until(next.deadlineNanos(), Outcome.Cause.TIMEOUT);
        if (channel.isConnected()) {
            loop.execute(() -> attempt(this::send)); // a failure is told later, never within this call
        }
    }

    void connect() throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.watch(channel, SelectionKey.OP_CONNECT, this);
            if (channel.connect(upstream)) {
                send();
            }
        } catch (IOException | RuntimeException refused) {
            ask = null; // its asker is told by the transport
            end(Outcome.Cause.UNREACHABLE);
            throw refused;
        }
    }

    /** Stays open for the next query, but not for ever. */
    void idleUntil(long nanoTime) {
        until(nanoTime, Outcome.Cause.STALE_CONNECTION);
    }

    private void until(long nanoTime, Outcome.Cause cause) {
        stopTimer();
        timer = loop.at(nanoTime, () -> end(cause));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        attempt(() -> {
            if (ready.isConnectable()) {
                channel.finishConnect();
                send();
            } else if (ready.isWritable()) {
                send();
            } else {
                receive();
            }
        });
    }

    @FunctionalInterface
    private interface ChannelWork {
        void run() throws IOException;
    }

    private void attempt(ChannelWork work) {
        if (over) {
            return;
        }
        try {
            work.run();
        } catch (IOException cut) {
            end(used ? Outcome.Cause.STALE_CONNECTION : Outcome.Cause.CUT);
        } catch (RuntimeException | Error fault) {
            end(Outcome.Cause.CUT);
            throw fault;
        }
    }

    private void send() throws IOException {
        channel.write(outbound);
        if (key != null) {
            key.interestOps(outbound.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    private void receive() throws IOException {
        Optional<ByteBuffer> frame = frames.next(channel);
        while (frame.isPresent() && !over) {
            Ask waiting = ask;
            if (waiting == null) {
                end(Outcome.Cause.STALE_CONNECTION); // nobody asked: not a peer to go on with
                return;
            }
            read(frame.get(), waiting);
            frame = over ? Optional.empty() : frames.next(channel);
        }
    }

    private void read(ByteBuffer message, Ask waiting) {
        Optional<UpstreamReply> reply = UpstreamReply.match(message, id, waiting.question());
        if (reply.isPresent()) {
            ask = null;
            used = true;
            stopTimer();
            owner.answered(this);
            waiting.done().accept(new Outcome.Replied(reply.get()));
        } else if (++strays >= UdpExchange.STRAY_LIMIT) {
            end(Outcome.Cause.STRAY);
        }
    }

    /** Closes the connection and tells whoever waits on it. */
    void end(Outcome.Cause cause) {
        if (over) {
            return;
        }
        over = true;
        stopTimer();
        owner.closed(this);
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            // what was not sent is not wanted
        }
        Ask waiting = ask;
        ask = null;
        if (waiting != null) {
            waiting.done().accept(Outcome.failed(cause));
        }
    }
}
