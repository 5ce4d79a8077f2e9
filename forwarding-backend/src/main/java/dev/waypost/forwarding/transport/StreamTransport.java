package dev.waypost.forwarding.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Streams: few connections, many queries on each, kept for the next ones (RFC 7766 section 6.2.1).
 *
 * <p>A query goes to the idle connection used last, else to one that has room, else to a new one. How many queries a
 * connection carries at once is learnt: an upstream that closes connections with queries unanswered is given fewer.
 */
public final class StreamTransport implements UpstreamTransport {
    /** Queries on one connection at once, at most. */
    public static final int MOST_PIPELINED = 64;

    private static final int ROUNDS_TO_GROW = 8;

    /**
     * How connections to an upstream are kept.
     *
     * @param idleNanos how long an idle one is
     * @param ageNanos how old one may be to be given another query; 0 for any age
     * @param mostIdle idle ones, at most; 0 for any number
     * @param source the address to connect from; {@code null} leaves it to the system
     */
    public record Keeping(
            long idleNanos,
            long ageNanos,
            int mostIdle,
            @Nullable InetAddress source) {}

    /** Told whether a query found an open connection. */
    @FunctionalInterface
    public interface ConnectionReuse {
        void counted(boolean hit);
    }

    private final IoLoop loop;
    private final InetSocketAddress upstream;
    private final UpstreamStream.Factory streams;
    private final Keeping keeping;
    private final ConnectionReuse reuse;
    private final Deque<StreamConnection> idle = new ArrayDeque<>();
    private final Set<StreamConnection> roomy = new LinkedHashSet<>();
    private final Set<StreamConnection> open = new LinkedHashSet<>();
    private int depth = MOST_PIPELINED;

    public StreamTransport(
            IoLoop loop,
            InetSocketAddress upstream,
            UpstreamStream.Factory streams,
            Keeping keeping,
            ConnectionReuse reuse) {
        this.loop = loop;
        this.upstream = upstream;
        this.streams = streams;
        this.keeping = keeping;
        this.reuse = reuse;
    }

    @Override
    public void carry(Ask ask) {
        StreamConnection kept = kept();
        reuse.counted(kept != null);
        try {
            StreamConnection connection = kept == null ? connected() : kept;
            connection.ask(ask);
            sort(connection);
        } catch (IOException | RuntimeException refused) {
            loop.later(() -> ask.failed(Outcome.Cause.UNREACHABLE));
        }
    }

    private @Nullable StreamConnection kept() {
        // The one used last: the others may run out.
        for (StreamConnection last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
            if (!isOld(last)) {
                return last;
            }
            last.end(Outcome.Cause.STALE_CONNECTION, "");
        }
        for (StreamConnection each : roomy) {
            if (!isOld(each)) {
                return each;
            }
        }
        return null;
    }

    private StreamConnection connected() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (keeping.source() != null) {
                channel.bind(new InetSocketAddress(keeping.source(), 0));
            }
            channel.connect(upstream);
            StreamConnection fresh = new StreamConnection(loop, this, streams.over(channel));
            open.add(fresh);
            return fresh;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private boolean isOld(StreamConnection connection) {
        return keeping.ageNanos() > 0 && loop.now() - connection.bornNanos() > keeping.ageNanos();
    }

    /** Takes note that a connection has one query less. */
    void answered(StreamConnection connection) {
        if (depth < MOST_PIPELINED && connection.answered() % (ROUNDS_TO_GROW * depth) == 0) {
            depth++; // it stands so many: perhaps it stands more
        }
        if (connection.load() > 0) {
            sort(connection);
            return;
        }
        roomy.remove(connection);
        if (isOld(connection) || keeping.mostIdle() > 0 && idle.size() >= keeping.mostIdle()) {
            connection.end(Outcome.Cause.STALE_CONNECTION, "");
        } else {
            idle.addFirst(connection);
            connection.expireAt(loop.now() + keeping.idleNanos());
        }
    }

    private void sort(StreamConnection connection) {
        if (connection.load() < depth) {
            roomy.add(connection);
        } else {
            roomy.remove(connection);
        }
    }

    /** Forgets a connection that closed. */
    void closed(StreamConnection connection) {
        if (connection.load() > 0) {
            depth = Math.max(1, depth / 2);
        }
        idle.remove(connection);
        roomy.remove(connection);
        open.remove(connection);
    }

    @Override
    public void close() {
        new ArrayList<>(open).forEach(each -> each.end(Outcome.Cause.CLOSED, ""));
    }
}
