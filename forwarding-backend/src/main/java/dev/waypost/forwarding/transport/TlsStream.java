package dev.waypost.forwarding.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A connection under TLS (RFC 7858): an engine between two buffers, moved by whoever reads, writes or waits for the
 * handshake. What the engine wants to have worked out - certificates, keys - is worked out on another thread.
 */
public final class TlsStream implements UpstreamStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsWorker worker;
    /** What came and is not decrypted yet, up to the position. */
    private ByteBuffer encrypted;
    /** What is decrypted and not read yet, up to the position. */
    private ByteBuffer plain;
    /** What is encrypted and not sent yet, up to the position. */
    private ByteBuffer outgoing;

    private boolean begun;
    private boolean working;

    public TlsStream(SocketChannel channel, SSLEngine engine, TlsWorker worker) {
        this.channel = channel;
        this.engine = engine;
        this.worker = worker;
        int packet = engine.getSession().getPacketBufferSize();
        this.encrypted = ByteBuffer.allocate(packet);
        this.outgoing = ByteBuffer.allocate(packet);
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public boolean establish(Runnable resumed) throws IOException {
        if (working || !channel.finishConnect()) {
            return false;
        }
        if (!begun) {
            begun = true;
            engine.beginHandshake();
        }
        boolean goesOn = flush();
        while (goesOn) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    work(resumed);
                    return false;
                }
                case NEED_WRAP -> goesOn = wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> goesOn = unwrap();
                case FINISHED, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
        return false;
    }

    private void work(Runnable resumed) {
        working = true;
        worker.run(engine.getDelegatedTask(), () -> {
            working = false;
            resumed.run();
        });
    }

    @Override
    public int interest() {
        if (!channel.isConnected()) {
            return SelectionKey.OP_CONNECT;
        }
        // While the worker has it, what comes is left where it is: the selector would tell of it again and again.
        return (working ? 0 : SelectionKey.OP_READ) | (outgoing.position() > 0 ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (plain.position() == 0) {
            if (!unwrap()) {
                return 0;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING); // the peer wants new keys: RFC 8446 section 4.6.3
                case NEED_TASK -> throw new SSLException("the upstream wants to renegotiate");
                default -> {} // what came was a part, or no data
            }
        }
        plain.flip();
        int octets = Math.min(plain.remaining(), into.remaining());
        into.put(plain.slice(plain.position(), octets));
        plain.position(plain.position() + octets).compact();
        return octets;
    }

    /**
     * Decrypts a piece of what came.
     *
     * @return whether it got on; not while more has to come
     */
    private boolean unwrap() throws IOException {
        encrypted.flip();
        SSLEngineResult result;
        try {
            result = engine.unwrap(encrypted, plain);
        } finally {
            encrypted.compact();
        }
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_OVERFLOW -> {
                plain = larger(plain, engine.getSession().getApplicationBufferSize());
                yield true;
            }
            case BUFFER_UNDERFLOW -> fill();
            case CLOSED -> throw ended();
        };
    }

    private boolean fill() throws IOException {
        if (!encrypted.hasRemaining()) {
            encrypted = larger(encrypted, engine.getSession().getPacketBufferSize());
        }
        int read = channel.read(encrypted);
        if (read < 0) {
            throw ended();
        }
        return read > 0;
    }

    private static EOFException ended() {
        return new EOFException("the upstream closed the connection");
    }

    private static ByteBuffer larger(ByteBuffer buffer, int least) {
        return ByteBuffer.allocate(buffer.position() + least).put(buffer.flip());
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int before = from.remaining();
        while (from.hasRemaining() && flush() && wrap(from)) {
            // a piece at a time, each sent before the next one is encrypted
        }
        return before - from.remaining();
    }

    /**
     * Encrypts a piece and sends it.
     *
     * @return whether all of it is sent
     */
    private boolean wrap(ByteBuffer from) throws IOException {
        switch (engine.wrap(from, outgoing).getStatus()) {
            case BUFFER_OVERFLOW ->
                outgoing = larger(outgoing, engine.getSession().getPacketBufferSize());
            case CLOSED -> throw ended();
            case OK, BUFFER_UNDERFLOW -> {} // sent below
        }
        return flush();
    }

    private boolean flush() throws IOException {
        if (outgoing.position() > 0) {
            outgoing.flip();
            try {
                channel.write(outgoing);
            } finally {
                outgoing.compact();
            }
        }
        return outgoing.position() == 0;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            if (begun && !working) {
                engine.closeOutbound();
                wrap(NOTHING); // says goodbye, or what was wrong; a peer that does not take it at once is not waited
                // for
            }
        } catch (IOException alreadyCut) {
            // it will notice
        } finally {
            channel.close();
        }
    }
}
