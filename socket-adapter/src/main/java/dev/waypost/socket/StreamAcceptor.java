package dev.waypost.socket;

import dev.waypost.Transport;
import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.socket.stream.ClientStream;
import dev.waypost.socket.stream.PlainStream;
import dev.waypost.socket.stream.TlsStream;
import dev.waypost.socket.tls.ServerTls;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Accepts the connections of one listener and knows them. For the loop's thread alone. */
final class StreamAcceptor implements StreamLoop.Selected {
    /** Connections accepted before others get a turn. */
    private static final int BATCH = 64;

    /** Enough for a whole backlog, and no end for a flood. */
    private static final int LAST_BATCHES = 8;

    /** How long to leave new connections in the backlog when none can be accepted, for want of file descriptors say. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final StreamLoop loop;
    private final LocalListener listener;
    private final SelectionKey key;
    private final Set<StreamConnection> connections = new HashSet<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private boolean finishing;
    private boolean paused;
    private long pausedSince;

    StreamAcceptor(StreamLoop loop, LocalListener listener) throws IOException {
        this.loop = loop;
        this.listener = listener;
        this.key = loop.register(listener.streams(), SelectionKey.OP_ACCEPT, this);
    }

    Responder responder() {
        return listener.responder();
    }

    ServerOptions options() {
        return listener.options();
    }

    Transport transport() {
        return listener.streamTransport();
    }

    /** The stream of a channel, in clear or not. */
    ClientStream stream(SocketChannel channel) {
        if (transport() == Transport.TLS) {
            ServerTls tls = options().tls().orElseThrow(() -> new IllegalStateException("a TLS listener without TLS"));
            return new TlsStream(channel, tls.engine(), loop.scratch());
        }
        return new PlainStream(channel, loop.inbound());
    }

    boolean isFinishing() {
        return finishing;
    }

    boolean isPaused() {
        return paused;
    }

    @Override
    public void selected(long now) {
        for (int count = 0; count < BATCH && !paused; count++) {
            try {
                SocketChannel accepted = listener.streams().accept();
                if (accepted == null) {
                    return;
                }
                admit(accepted, now);
            } catch (IOException refused) {
                refused(now);
                return;
            }
        }
    }

    private void admit(SocketChannel accepted, long now) throws IOException {
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            StreamConnection connection = new StreamConnection(loop, this, accepted, now);
            loop.counters().connectionOpened();
            connections.add(connection);
            loop.connections().admit(connection);
        } catch (IOException broken) {
            LocalListener.quietly(accepted); // reset before it was ours
        }
    }

    private void refused(long now) {
        if (!key.isValid()) {
            return; // closed: no error
        }
        loop.counters().acceptError();
        // A closed channel gives its descriptor back in the next select; the connection is still there to accept then.
        if (!loop.connections().closeLeastUsed()) {
            paused = true;
            pausedSince = now;
            key.interestOps(0);
        }
    }

    /** Accepts again once the pause is over. */
    void resume(long now) {
        if (paused && key.isValid() && now - pausedSince >= PAUSE_NANOS) {
            paused = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /**
     * Accepts those whose handshake is done and no more, and lets the connections end with the replies that are owed.
     *
     * @return completes when the last connection is closed
     */
    CompletableFuture<Void> finish() {
        long now = loop.now();
        for (int batch = 0; batch < LAST_BATCHES && !paused; batch++) {
            selected(now);
        }
        finishing = true;
        key.cancel();
        LocalListener.quietly(listener.streams());
        List.copyOf(connections).forEach(StreamConnection::finish);
        tellIfFinished();
        return finished;
    }

    /** Closes what has not ended by itself. */
    void abort() {
        List.copyOf(connections).forEach(connection -> connection.close(Closing.STOPPED));
    }

    void closed(StreamConnection connection) {
        connections.remove(connection);
        loop.connections().remove(connection);
        tellIfFinished();
    }

    private void tellIfFinished() {
        if (finishing && connections.isEmpty()) {
            finished.complete(null);
        }
    }
}
