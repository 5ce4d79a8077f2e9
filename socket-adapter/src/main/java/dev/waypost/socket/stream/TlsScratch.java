package dev.waypost.socket.stream;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;

/** Room for one step of a TLS stream, shared by all streams of one thread. */
public final class TlsScratch {
    private final ByteBuffer arriving;
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private ByteBuffer opened = nothing;
    private ByteBuffer sealed = nothing;

    /**
     * @param arriving takes what one read of a channel gives
     */
    public TlsScratch(ByteBuffer arriving) {
        this.arriving = arriving;
    }

    /** Makes room for the records of a session: an engine does nothing with less. */
    void fit(SSLSession session) {
        if (opened.capacity() < session.getApplicationBufferSize()) {
            opened = ByteBuffer.allocate(session.getApplicationBufferSize());
        }
        if (sealed.capacity() < session.getPacketBufferSize()) {
            sealed = ByteBuffer.allocate(session.getPacketBufferSize());
        }
    }

    ByteBuffer arriving() {
        return arriving;
    }

    ByteBuffer opened() {
        return opened;
    }

    ByteBuffer sealed() {
        return sealed;
    }

    ByteBuffer nothing() {
        return nothing;
    }
}
