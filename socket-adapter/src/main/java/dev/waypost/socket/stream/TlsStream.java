package dev.waypost.socket.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS stream (RFC 7858): an SSLEngine between the channel and the messages.
 *
 * <p>Handshakes cost the processor so much that the engine gives that part away as {@link #work}. What a client may begin
 * again after its handshake is bounded: there is no renegotiation, and so many records without a message end the stream.
 */
public final class TlsStream implements ClientStream {
    /** Records without an octet for us - key updates, empty ones - in a row; an honest client sends one at a time. */
    private static final int MOST_EMPTY_RECORDS = 32;

    private static final String OLDER = "TLSv1.2";

    private final ByteChannel channel;
    private final SSLEngine engine;
    private final TlsScratch scratch;
    private final OctetQueue arrived = new OctetQueue();
    private final OctetQueue leaving = new OctetQueue();
    private @Nullable Runnable work;
    private boolean working;
    private boolean established;
    private boolean ended;
    private int emptyRecords;

    /**
     * @param channel does not block
     * @param engine of a server, before its handshake
     * @param scratch used during a call only, so all streams of a thread may share it
     */
    public TlsStream(ByteChannel channel, SSLEngine engine, TlsScratch scratch) {
        this.channel = channel;
        this.engine = engine;
        this.scratch = scratch;
        scratch.fit(engine.getSession());
    }

    @Override
    public int receive(FrameBuffer inbound) throws IOException {
        if (working) {
            working = false;
            work = null;
        }
        int count = channel.read(scratch.arriving().clear());
        if (count > 0) {
            arrived.append(scratch.arriving().flip());
        }
        goOn(inbound);
        flush();
        arrived.release();
        // A stream that ends without saying so may have been cut by anyone; its messages have lengths, so no harm is
        // done.
        return count < 0 || ended ? ENDED : count;
    }

    /** Takes every step that can be taken with what is there. */
    private void goOn(FrameBuffer inbound) throws IOException {
        try {
            boolean moved = true;
            while (moved && work == null) {
                moved = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> giveWorkAway();
                    case NEED_WRAP -> seal(scratch.nothing()) == Status.OK;
                    default -> open(inbound);
                };
            }
        } catch (SSLException refused) {
            tellWhy();
            throw refused;
        }
    }

    private boolean giveWorkAway() {
        work = () -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        };
        return false;
    }

    /** Opens one record. @return whether there may be another step */
    private boolean open(FrameBuffer inbound) throws SSLException {
        if (arrived.size() == 0 || ended) {
            return false;
        }
        ByteBuffer opened = scratch.opened().clear();
        SSLEngineResult result = engine.unwrap(arrived.view(), opened);
        arrived.skip(result.bytesConsumed());
        inbound.append(opened.flip());
        notice(result);
        if (result.getStatus() == Status.CLOSED) {
            ended = true;
            return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; // our own goodbye, in TLS 1.2
        }
        if (result.getStatus() != Status.OK) {
            return false; // half a record
        }
        refuseIdleTalk(result);
        return true;
    }

    private void refuseIdleTalk(SSLEngineResult result) throws SSLException {
        if (!established) {
            return;
        }
        boolean handshaking = engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
        if (handshaking && engine.getSession().getProtocol().equals(OLDER)) {
            throw new SSLException("a client wants to negotiate again"); // RFC 9325 section 3.5; TLS 1.3 cannot
        }
        emptyRecords = result.bytesProduced() > 0 ? 0 : emptyRecords + 1;
        if (emptyRecords > MOST_EMPTY_RECORDS) {
            throw new SSLException("a client sends records without a message");
        }
    }

    private void notice(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            established = true;
        }
    }

    /** Seals one record of what is given, as much of it as one takes. */
    private Status seal(ByteBuffer clear) throws SSLException {
        ByteBuffer sealed = scratch.sealed().clear();
        SSLEngineResult result = engine.wrap(clear, sealed);
        leaving.append(sealed.flip());
        notice(result);
        return result.getStatus();
    }

    /** The alert that says what was wrong (RFC 8446 section 6.2), as far as it can be sent at once. */
    private void tellWhy() {
        try {
            seal(scratch.nothing());
            flush();
        } catch (IOException unsaid) {
            // the stream is closed either way
        }
    }

    @Override
    public int send(OutboundBuffer outbound) throws IOException {
        int count = flush();
        while (established && work == null && leaving.size() == 0 && outbound.size() > 0) {
            ByteBuffer clear = outbound.view();
            int waiting = clear.remaining();
            Status status = seal(clear);
            outbound.sent(waiting - clear.remaining());
            if (status != Status.OK) {
                throw new ClosedChannelException(); // the client has said goodbye, in a version that hears nothing
                // after it
            }
            count += flush();
        }
        return count;
    }

    private int flush() throws IOException {
        if (leaving.size() == 0) {
            return 0;
        }
        int count = channel.write(leaving.view());
        leaving.skip(count);
        leaving.release();
        return count;
    }

    @Override
    public boolean isSending() {
        return leaving.size() > 0;
    }

    @Override
    public int capacity() {
        return arrived.capacity() + leaving.capacity();
    }

    @Override
    public boolean isEstablished() {
        return established;
    }

    @Override
    public Optional<Runnable> work() {
        if (work == null || working) {
            return Optional.empty();
        }
        working = true;
        return Optional.of(work);
    }

    /** Says goodbye (RFC 8446 section 6.1) where nothing else is being said. */
    @Override
    public void close() throws IOException {
        try {
            if (established && leaving.size() == 0) {
                engine.closeOutbound();
                seal(scratch.nothing());
                flush();
            }
        } finally {
            channel.close();
        }
    }
}
