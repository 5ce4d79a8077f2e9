package dev.waypost.forwarding;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Streams: one query at a time on a connection, and idle connections kept for a while (RFC 7766 section 6.2.1). */
final class TcpTransport implements UpstreamTransport {
    private final IoLoop loop;
    private final InetSocketAddress upstream;
    private final long idleNanos;
    private final ConnectionReuse reuse;
    private final Deque<TcpConnection> idle = new ArrayDeque<>();
    private final Set<TcpConnection> open = new HashSet<>();

    /** Told whether a query found an idle connection. */
    @FunctionalInterface
    interface ConnectionReuse {
        void counted(boolean hit);
    }

    TcpTransport(IoLoop loop, InetSocketAddress upstream, long idleNanos, ConnectionReuse reuse) {
        this.loop = loop;
        this.upstream = upstream;
        this.idleNanos = idleNanos;
        this.reuse = reuse;
    }

    @Override
    public void carry(Ask ask) {
        TcpConnection kept = idle.pollFirst(); // the one used last: the others may run out
        reuse.counted(kept != null);
        if (kept != null) {
            kept.ask(ask);
            return;
        }
        try {
            TcpConnection fresh = new TcpConnection(loop, this, upstream);
            open.add(fresh);
            fresh.ask(ask);
            fresh.connect();
        } catch (IOException | RuntimeException refused) {
            loop.execute(() -> ask.done().accept(Outcome.failed(Outcome.Cause.UNREACHABLE)));
        }
    }

    /** Takes a connection back that answered its query. */
    void answered(TcpConnection connection) {
        idle.addFirst(connection);
        connection.idleUntil(loop.now() + idleNanos);
    }

    /** Forgets a connection that closed. */
    void closed(TcpConnection connection) {
        idle.remove(connection);
        open.remove(connection);
    }

    @Override
    public void close() {
        new ArrayList<>(open).forEach(each -> each.end(Outcome.Cause.CLOSED));
    }
}
