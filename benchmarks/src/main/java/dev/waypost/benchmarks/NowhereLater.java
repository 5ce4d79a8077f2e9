package dev.waypost.benchmarks;

import dev.waypost.Client;
import dev.waypost.Transport;
import dev.waypost.wire.ReplyPath;
import java.net.InetAddress;

/** The way back to a client of a datagram whose reply is always there at once. */
record NowhereLater(Client client) implements ReplyPath {
    static final ReplyPath UDP = new NowhereLater(new Client(InetAddress.getLoopbackAddress(), 40000, Transport.UDP));

    @Override
    public void send(byte[] late) {
        throw new IllegalStateException("nothing is pending here");
    }
}
