package dev.waypost.socket;

import dev.waypost.Client;
import dev.waypost.Transport;
import dev.waypost.wire.ReplyPath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the sender of a datagram.
 *
 * <p>A worker uses one path for datagram after datagram, so that an answer from memory costs no object; a path that was
 * handed out for a later reply is the reply's own from then on.
 */
final class DatagramPath implements ReplyPath {
    private final DatagramWorker worker;
    private InetSocketAddress source;
    private InFlight inFlight;
    private @Nullable Client client;

    DatagramPath(DatagramWorker worker, InetSocketAddress source, InFlight inFlight) {
        this.worker = worker;
        this.source = source;
        this.inFlight = inFlight;
    }

    /** Leads to another sender. */
    void leadTo(InetSocketAddress sender, InFlight count) {
        if (!sender.equals(source)) {
            source = sender;
            client = null;
        }
        inFlight = count;
    }

    /** The reply will come later. */
    void owe() {
        inFlight.owe();
    }

    @Override
    public Client client() {
        Client known = client;
        if (known == null) {
            known = new Client(source.getAddress(), source.getPort(), Transport.UDP, worker.local());
            client = known;
        }
        return known;
    }

    @Override
    public InetAddress address() {
        return source.getAddress();
    }

    @Override
    public Transport transport() {
        return Transport.UDP;
    }

    @Override
    public void send(byte[] reply) {
        try {
            worker.send(ByteBuffer.wrap(reply), source);
        } finally {
            inFlight.settle();
        }
    }

    @Override
    public void dropped() {
        inFlight.settle();
    }
}
