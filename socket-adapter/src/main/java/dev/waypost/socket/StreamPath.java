package dev.waypost.socket;

import dev.waypost.Client;
import dev.waypost.wire.ReplyPath;
import dev.waypost.wire.ReplyStream;
import java.time.Duration;
import java.util.Optional;

/** The way back into a stream; later replies go through the loop's own thread, the only one to touch a connection. */
record StreamPath(StreamConnection connection, StreamLoop loop) implements ReplyPath {
    @Override
    public Client client() {
        return connection.client();
    }

    @Override
    public Optional<Duration> idleTimeout() {
        return Optional.of(connection.options().idleTimeout());
    }

    @Override
    public void send(byte[] reply) {
        loop.execute(() -> connection.replyLater(reply));
    }

    @Override
    public void send(ReplyStream messages) {
        loop.execute(() -> connection.replyLater(messages));
    }

    @Override
    public void dropped() {
        loop.execute(connection::replyNever);
    }
}
