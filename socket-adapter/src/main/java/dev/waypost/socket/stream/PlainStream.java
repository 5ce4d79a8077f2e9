package dev.waypost.socket.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A stream in clear. */
public final class PlainStream implements ClientStream {
    private final SocketChannel channel;
    private final ByteBuffer scratch;

    /**
     * @param channel does not block
     * @param scratch used during a call only, so all streams of a thread may share it
     */
    public PlainStream(SocketChannel channel, ByteBuffer scratch) {
        this.channel = channel;
        this.scratch = scratch;
    }

    @Override
    public int receive(FrameBuffer inbound) throws IOException {
        int count = channel.read(scratch.clear());
        if (count > 0) {
            inbound.append(scratch.flip());
        }
        return count;
    }

    @Override
    public int send(OutboundBuffer outbound) throws IOException {
        int count = channel.write(outbound.view());
        outbound.sent(count);
        return count;
    }

    @Override
    public boolean isSending() {
        return false;
    }

    @Override
    public int capacity() {
        return 0;
    }

    @Override
    public boolean isEstablished() {
        return true;
    }

    @Override
    public Optional<Runnable> work() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
