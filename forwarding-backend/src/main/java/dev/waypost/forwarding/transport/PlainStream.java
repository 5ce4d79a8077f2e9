package dev.waypost.forwarding.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection without TLS. */
public record PlainStream(SocketChannel channel) implements UpstreamStream {
    @Override
    public boolean establish(Runnable resumed) throws IOException {
        return channel.finishConnect();
    }

    @Override
    public int interest() {
        return channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
