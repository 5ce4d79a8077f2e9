package dev.waypost.socket;

import dev.waypost.Client;
import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.socket.stream.ClientStream;
import dev.waypost.socket.stream.FrameBuffer;
import dev.waypost.socket.stream.OutboundBuffer;
import dev.waypost.wire.ReplyStream;
import dev.waypost.wire.WireResponder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLException;

/**
 * One client's stream: messages in, replies out as they come ready, in any order (RFC 7766 section 6.2.1.1).
 *
 * <p>For the loop's thread alone. Reading pauses while too many replies are owed or too many octets of them wait to be
 * written, so a client that does not read holds bounded memory and its own stream only.
 */
final class StreamConnection implements StreamLoop.Selected {
    /** Octets of a header: a shorter message is none (RFC 1035 section 4.1.1). */
    private static final int HEADER_OCTETS = 12;

    private final StreamLoop loop;
    private final StreamAcceptor acceptor;
    private final SocketChannel channel;
    private final ClientStream stream;
    private final SelectionKey key;
    private final Client client;
    private final StreamPath path;
    private final FrameBuffer inbound = new FrameBuffer();
    private final OutboundBuffer outbound = new OutboundBuffer();
    private final Deque<ReplyStream> streams = new ArrayDeque<>();
    private final long opened;
    private int asked;
    private int held;
    private int owed;
    private boolean working;
    private boolean ended;
    private boolean partial;
    private long partialSince;
    private long lastWritten;
    private long lastActive;
    private long lastUsed;

    StreamConnection(StreamLoop loop, StreamAcceptor acceptor, SocketChannel channel, long now) throws IOException {
        this.loop = loop;
        this.acceptor = acceptor;
        this.channel = channel;
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        this.client = new Client(remote.getAddress(), remote.getPort(), acceptor.transport(), local);
        this.path = new StreamPath(this, loop);
        this.stream = acceptor.stream(channel);
        this.opened = now;
        this.lastActive = now;
        this.lastUsed = now;
        this.lastWritten = now;
        this.key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    Client client() {
        return client;
    }

    StreamAcceptor acceptor() {
        return acceptor;
    }

    ServerOptions options() {
        return acceptor.options();
    }

    /** When a message was last asked or answered; half a message counts for nothing. */
    long lastUsed() {
        return lastUsed;
    }

    /** Whether no whole message waits for its reply; a handshake has asked for nothing yet. */
    boolean owesNothing() {
        return !stream.isEstablished() || owed == 0 && !isSending();
    }

    private boolean isSending() {
        return outbound.size() > 0 || stream.isSending() || !streams.isEmpty();
    }

    @Override
    public void selected(long now) {
        proceed(now, key.isReadable());
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a resolver throws, an Error too, only its client loses the stream
    private void proceed(long now, boolean readable) {
        try {
            if (readable) {
                read(now);
            }
            answerAll(now);
            shakeHands();
        } catch (SSLException refused) {
            close(stream.isEstablished() ? Closing.MALFORMED : Closing.HANDSHAKE);
        } catch (IOException reset) {
            close(Closing.RESET);
        } catch (Throwable thrown) {
            close(Closing.FAILED);
            loop.counters().failed();
        }
        weigh();
    }

    /** Tells the table how much memory this connection takes now. */
    private void weigh() {
        int before = held;
        held = channel.isOpen() ? inbound.capacity() + outbound.capacity() + stream.capacity() : 0;
        loop.connections().weighed(held - before);
    }

    /** Octets of memory that its messages and replies take. */
    int held() {
        return held;
    }

    private void read(long now) throws IOException {
        int count = stream.receive(inbound);
        if (count == ClientStream.ENDED) {
            ended = true; // half closed: what was asked is still answered
        } else if (count > 0) {
            lastActive = now;
        }
    }

    /** Has the work of a handshake done elsewhere; nothing is read meanwhile. */
    private void shakeHands() {
        stream.work().ifPresent(work -> {
            working = true;
            turn();
            loop.shakeHands(work, this::goOn);
        });
    }

    private void goOn() {
        working = false;
        if (channel.isOpen()) {
            proceed(loop.now(), true);
        }
    }

    /** Answers the messages that are there, as far as the client takes its replies. */
    private void answerAll(long now) throws IOException {
        boolean advanced = false;
        do {
            while (channel.isOpen() && mayAnswer() && inbound.holdsMessage()) {
                advanced = true;
                answer(inbound.next(loop.query()), now);
            }
            write(now);
        } while (channel.isOpen() && mayAnswer() && inbound.holdsMessage());
        inbound.release();
        watchPartial(advanced, now);
        turn();
    }

    private boolean mayAnswer() {
        ServerOptions options = options();
        boolean mayAskMore = options.closeAfterQueries() == 0 || asked < options.closeAfterQueries();
        return mayAskMore && owed < options.maxQueriesPerConnection() && outbound.size() < options.maxBufferedOctets();
    }

    private void answer(int length, long now) throws IOException {
        if (length < HEADER_OCTETS) {
            write(now);
            close(Closing.MALFORMED);
            return;
        }
        asked++;
        lastUsed = now;
        ended |= asked == options().closeAfterQueries();
        int size = acceptor.responder().respond(loop.query(), length, loop.reply(), path);
        if (size == WireResponder.LATER) {
            owed++;
        } else if (size > 0) {
            append(loop.reply(), size);
        }
    }

    private void append(byte[] reply, int length) {
        beginSending();
        outbound.append(reply, length);
    }

    private void beginSending() {
        if (!isSending()) {
            lastWritten = loop.now();
        }
    }

    private void watchPartial(boolean advanced, long now) {
        boolean waiting = !inbound.isEmpty() && mayAnswer();
        if (waiting && (!partial || advanced)) {
            partialSince = now;
        }
        partial = waiting;
    }

    private void write(long now) throws IOException {
        pull();
        if (isSending() && channel.isOpen() && stream.send(outbound) > 0) {
            lastWritten = now;
            lastActive = now;
            lastUsed = now;
        }
    }

    /** Lets replies of several messages go on, as far as there is room for what the client does not take yet. */
    private void pull() {
        while (!streams.isEmpty() && outbound.size() < options().maxBufferedOctets()) {
            int size = streams.element().next(loop.reply());
            if (size > 0) {
                append(loop.reply(), size);
            } else {
                streams.remove();
                owed--;
            }
        }
    }

    /** Waits for what can happen next, or closes where nothing can. */
    private void turn() {
        if (!key.isValid()) {
            return;
        }
        if (ended && owed == 0 && !isSending()) {
            close(acceptor.isFinishing() ? Closing.STOPPED : Closing.BY_CLIENT);
            return;
        }
        int reading = !ended && !working && mayAnswer() ? SelectionKey.OP_READ : 0;
        int writing = isSending() ? SelectionKey.OP_WRITE : 0;
        key.interestOps(reading | writing);
    }

    /** A reply came that was not ready at once. */
    void replyLater(byte[] reply) {
        owed--;
        if (channel.isOpen()) {
            append(reply, reply.length);
            proceed(loop.now(), false);
        }
    }

    /** A reply of several messages came, for which nothing is kept but what the client takes next. */
    void replyLater(ReplyStream messages) {
        if (channel.isOpen()) {
            beginSending();
            streams.add(messages);
            proceed(loop.now(), false);
        }
    }

    /** A reply will not come after all. */
    void replyNever() {
        owed--;
        if (channel.isOpen()) {
            proceed(loop.now(), false);
        }
    }

    /** Takes no more messages; closes once the replies that are owed are written. */
    void finish() {
        proceed(loop.now(), true); // what has arrived by now was asked in time
        ended = true;
        proceed(loop.now(), false);
    }

    /** Closes the connection when a deadline has passed. */
    void checkDeadlines(long now) {
        ServerOptions options = options();
        if (!stream.isEstablished() && now - opened > options.readTimeout().toNanos()) {
            close(Closing.HANDSHAKE);
        } else if (partial && now - partialSince > options.readTimeout().toNanos()) {
            close(Closing.SLOW_WRITER);
        } else if (isSending() && now - lastWritten > options.writeTimeout().toNanos()) {
            close(Closing.SLOW_READER);
        } else if (now - lastActive > options.idleTimeout().toNanos()) {
            close(Closing.IDLE);
        }
    }

    void close(Closing reason) {
        if (channel.isOpen()) {
            LocalListener.quietly(stream);
            weigh();
            acceptor.closed(this); // before counting, which may want memory
            loop.counters().connectionClosed(reason);
        }
    }
}
