package dev.waypost.forwarding.transport;

import dev.waypost.forwarding.message.Arrival;
import dev.waypost.forwarding.message.UpstreamQuery;
import dev.waypost.forwarding.message.UpstreamReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, with any number of queries on it: each is sent when it comes, and replies belong to them
 * by ID and question, in whatever order (RFC 7766 sections 6.2.1.1 and 7).
 */
final class StreamConnection implements IoLoop.ChannelHandler {
    private static final int IDS = 1 << 16;
    private static final int LENGTH_OCTETS = 2;
    private static final int USUAL_OCTETS = 1024;

    /**
     * A query that waits for its reply.
     *
     * @param heardBefore how often something had come on the connection when it was sent
     */
    private record Waiting(Ask ask, UpstreamQuery query, int heardBefore, Timer timer) {}

    private final IoLoop loop;
    private final StreamTransport owner;
    private final UpstreamStream stream;
    private final long bornNanos;
    private final SelectionKey key;
    private final FrameReader frames = new FrameReader();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private ByteBuffer outbound = ByteBuffer.allocate(USUAL_OCTETS);
    private @Nullable Timer expiry;
    private int heard;
    private int answered;
    private int strays;
    private int forgotten;
    private boolean flushing;
    private boolean established;
    private boolean over;

    /** A connection over a stream that is being connected. */
    StreamConnection(IoLoop loop, StreamTransport owner, UpstreamStream stream) throws IOException {
        this.loop = loop;
        this.owner = owner;
        this.stream = stream;
        this.bornNanos = loop.now();
        this.key = loop.watch(stream.channel(), stream.interest(), this);
    }

    /** How many queries wait on it. */
    int load() {
        return waiting.size();
    }

    /** How many it has brought replies for. */
    int answered() {
        return answered;
    }

    long bornNanos() {
        return bornNanos;
    }

    /** Takes a query on; it is sent in this turn of the loop, or when the connection stands. */
    void ask(Ask ask) {
        stopExpiry();
        int id = loop.random().nextInt(IDS);
        while (waiting.containsKey(id)) {
            id = id + 1 & IDS - 1;
        }
        int own = id;
        UpstreamQuery query = UpstreamQuery.of(ask.question(), ask.form(), id, loop.random());
        append(query.message());
        Timer timer = loop.at(ask.deadlineNanos(), () -> forget(own));
        waiting.put(id, new Waiting(ask, query, heard, timer));
        if (!flushing) {
            flushing = true;
            loop.later(() -> {
                flushing = false;
                attempt(this::proceed);
            });
        }
    }

    private void append(byte[] message) {
        int wanted = message.length + LENGTH_OCTETS;
        if (outbound.remaining() < wanted) {
            outbound = ByteBuffer.allocate(Math.max(2 * outbound.capacity(), outbound.position() + wanted))
                    .put(outbound.flip());
        }
        outbound.putShort((short) message.length).put(message); // length first: RFC 1035 section 4.2.2
    }

    /** Closes the connection at a time, unless it is given a query before. */
    void expireAt(long nanoTime) {
        stopExpiry();
        expiry = loop.at(nanoTime, () -> end(Outcome.Cause.STALE_CONNECTION, ""));
    }

    private void stopExpiry() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        attempt(this::proceed);
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
        } catch (SSLException untrusted) {
            end(Outcome.Cause.UNTRUSTED, String.valueOf(untrusted.getMessage()));
        } catch (IOException cut) {
            end(causeOfCut(), "");
        } catch (RuntimeException | Error fault) {
            end(Outcome.Cause.CUT, "");
            throw fault;
        }
    }

    private Outcome.Cause causeOfCut() {
        if (answered > 0) {
            return Outcome.Cause.STALE_CONNECTION; // it worked: the peer had enough of it, and will take another
        }
        return established ? Outcome.Cause.CUT : Outcome.Cause.UNREACHABLE;
    }

    private void proceed() throws IOException {
        established = stream.establish(() -> attempt(this::proceed));
        if (established) {
            send();
            receive();
        }
        if (!over) {
            boolean unsent = established && outbound.position() > 0;
            key.interestOps(stream.interest() | (unsent ? SelectionKey.OP_WRITE : 0));
        }
    }

    private void send() throws IOException {
        outbound.flip();
        try {
            while (outbound.hasRemaining() && stream.write(outbound) > 0) {
                // as much as the peer takes
            }
        } finally {
            outbound.compact();
        }
    }

    private void receive() throws IOException {
        while (!over && frames.fill(stream)) {
            heard++;
            for (Optional<ByteBuffer> each = frames.next(); each.isPresent() && !over; each = frames.next()) {
                read(each.get());
            }
        }
    }

    private void read(ByteBuffer message) {
        int id = message.remaining() < Short.BYTES ? -1 : message.getShort(message.position()) & 0xFFFF;
        Waiting asked = waiting.get(id);
        Arrival arrival = asked == null ? Arrival.Odd.STRAY : UpstreamReply.read(message, asked.query());
        if (asked == null || arrival == Arrival.Odd.STRAY) {
            if (++strays
                    > UpstreamTransport.STRAY_LIMIT + forgotten) { // late replies to what was given up are no strangers
                end(Outcome.Cause.CUT, "replies that nobody asked for");
            }
            return;
        }
        waiting.remove(id);
        asked.timer().cancel();
        answered++;
        owner.answered(this);
        if (arrival instanceof Arrival.Ours ours) {
            asked.ask().replied(ours);
        } else {
            asked.ask().failed(Outcome.Cause.MALFORMED);
        }
    }

    /** Gives a query up whose time is over; a connection on which nothing came since it was sent is given up with it. */
    private void forget(int id) {
        Waiting late = waiting.remove(id);
        if (late == null) {
            return;
        }
        forgotten++;
        if (heard == late.heardBefore()) {
            end(answered > 0 ? Outcome.Cause.STALE_CONNECTION : Outcome.Cause.TIMEOUT, "");
        } else {
            owner.answered(this);
        }
        late.ask().failed(Outcome.Cause.TIMEOUT);
    }

    /** Closes the connection and tells whoever waits on it. */
    void end(Outcome.Cause cause, String detail) {
        if (over) {
            return;
        }
        over = true;
        stopExpiry();
        owner.closed(this);
        try {
            stream.close();
        } catch (IOException alreadyClosed) {
            // what was not sent is not wanted
        }
        List<Waiting> left = new ArrayList<>(waiting.values());
        waiting.clear();
        left.forEach(each -> {
            each.timer().cancel();
            each.ask().done().accept(new Outcome.Failed(cause, detail));
        });
    }
}
