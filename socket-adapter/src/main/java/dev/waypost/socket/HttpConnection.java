package dev.waypost.socket;

import dev.waypost.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One HTTP client, one request: its head is read, the reply is written, the connection ends. For its server's thread alone.
 */
final class HttpConnection implements Closeable {
    /** Octets of a request's head, at most. */
    static final int HEAD_OCTETS = 8192;

    private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long REPLY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        READING,
        WRITING,
        LINGERING
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Function<String, HttpReply> pages;
    private final Ticker ticker;
    private final ByteBuffer inbound = ByteBuffer.allocate(HEAD_OCTETS);
    private final HttpRequestHead head = new HttpRequestHead();
    private ByteBuffer outbound = ByteBuffer.allocate(0);
    private State state = State.READING;
    private long endNanos;

    HttpConnection(SocketChannel channel, Selector selector, Function<String, HttpReply> pages, Ticker ticker)
            throws IOException {
        this.channel = channel;
        this.pages = pages;
        this.ticker = ticker;
        this.endNanos = ticker.nanoTime() + REQUEST_NANOS;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Whether the request is not whole yet. */
    boolean isReading() {
        return state == State.READING;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Whether the client has had its time. */
    boolean isOver(long now) {
        return now - endNanos >= 0;
    }

    /** Goes on as far as the channel lets it. */
    void proceed() throws IOException {
        switch (state) {
            case READING -> read();
            case WRITING -> write();
            case LINGERING -> discard();
        }
    }

    private void read() throws IOException {
        if (channel.read(inbound) < 0) {
            close();
            return;
        }
        boolean whole = head.take(inbound);
        if (whole || !inbound.hasRemaining()) {
            outbound = ByteBuffer.wrap(head.reply(whole, pages));
            enter(State.WRITING, SelectionKey.OP_WRITE, REPLY_NANOS);
            write();
        }
    }

    private void write() throws IOException {
        channel.write(outbound);
        if (!outbound.hasRemaining()) {
            // Closing with octets unread would reset the connection, and the client might lose the reply: RFC 9112 9.6.
            channel.shutdownOutput();
            enter(State.LINGERING, SelectionKey.OP_READ, LINGER_NANOS);
            discard();
        }
    }

    private void discard() throws IOException {
        if (channel.read(inbound.clear()) < 0) {
            close();
        }
    }

    private void enter(State next, int interest, long nanos) {
        state = next;
        key.interestOps(interest);
        endNanos = ticker.nanoTime() + nanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
