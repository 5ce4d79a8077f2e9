package dev.waypost.socket;

import dev.waypost.wire.WireResponder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One datagram socket and the thread that receives from it.
 *
 * <p>A blocking receive into a direct buffer was measured to be the cheapest form: no selector call stands between two
 * datagrams. Later replies leave through the same socket from other threads.
 */
final class DatagramWorker implements Runnable {
    private static final int LARGEST_DATAGRAM = 65_535;

    /** More than any reply over UDP should have (RFC 9715 section 3.1); the responder never passes it. */
    private static final int REPLY_OCTETS = 4096;

    /**
     * What a socket may hold while its thread is kept from it, as by a pause of the collector: about 2,700 queries. The
     * system's own limit may make it less.
     */
    private static final int WAITING_OCTETS = 1 << 20;

    /** Datagrams answered at a stop, at most: a flood must not keep a server from ending. */
    private static final int MOST_LAST = 4096;

    private static final int ECHO = 7;
    private static final int DAYTIME = 13;
    private static final int QUOTE = 17;
    private static final int CHARGEN = 19;
    private static final int TIME = 37;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Far longer than a thread that was sent a datagram is kept from it, on a machine that is too busy. */
    private static final long UNREACHED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LocalListener listener;
    private final InetSocketAddress local;
    private final boolean shared;
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(REPLY_OCTETS);
    private final byte[] query = new byte[LARGEST_DATAGRAM];
    private final byte[] reply = new byte[REPLY_OCTETS];
    private volatile DatagramChannel channel;

    /** Odd while the thread waits for a datagram. */
    private final AtomicLong turns = new AtomicLong();

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean closed;
    private DatagramPath path;

    /**
     * @param channel bound to {@code local}
     * @param shared whether other workers are bound to the same address
     */
    DatagramWorker(LocalListener listener, DatagramChannel channel, InetSocketAddress local, boolean shared) {
        this.listener = listener;
        this.channel = channel;
        this.local = local;
        this.shared = shared;
        this.path = new DatagramPath(this, local, listener.inFlight());
    }

    /**
     * Binds the sockets of one address.
     *
     * @return as many as asked for where the system lets sockets share an address, else one
     */
    static DatagramChannel bind(InetSocketAddress address, boolean sharing) throws IOException {
        DatagramChannel channel = DatagramChannel.open(LocalListener.family(address.getAddress()));
        try {
            if (sharing) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, WAITING_OCTETS);
            channel.bind(address);
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    /** Serves until the worker is closed. What is thrown costs the datagram at hand, never the thread. */
    @Override
    public void run() {
        while (!closed && !isFinished()) {
            try {
                serveOne();
                if (finishing) {
                    serveLast();
                }
            } catch (ClosedChannelException shut) {
                reopen();
            } catch (IOException unreceived) {
                listener.counters().receiveError();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Answers what had arrived before the stop, without waiting for more. */
    private void serveLast() throws IOException {
        channel.configureBlocking(false);
        int count = 0;
        while (count < MOST_LAST && serveOne()) {
            count++;
        }
        finished.countDown();
    }

    /** Where it listens. */
    InetSocketAddress local() {
        return local;
    }

    private boolean isFinished() {
        return finished.getCount() == 0;
    }

    private boolean serveOne() throws IOException {
        inbound.clear();
        long turn = turns.getPlain();
        turns.lazySet(turn + 1); // not ordered with anything: whoever looks at it, looks again
        SocketAddress source = channel.receive(inbound);
        turns.lazySet(turn + 2);
        if (source instanceof InetSocketAddress sender && mayAnswer(sender, local)) {
            inbound.flip();
            int length = inbound.remaining();
            inbound.get(query, 0, length);
            answer(length, sender);
        }
        return source != null;
    }

    /**
     * A reply to port 0 arrives nowhere, and one to ourselves, or to a service that answers whatever it gets, is the start of
     * a loop (CVE-1999-0103): all these senders are spoofed.
     */
    static boolean mayAnswer(InetSocketAddress sender, InetSocketAddress local) {
        return switch (sender.getPort()) {
            case 0, ECHO, DAYTIME, QUOTE, CHARGEN, TIME -> false;
            default -> !sender.equals(local);
        };
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a resolver throws, an Error too, the next datagram is answered
    private void answer(int length, InetSocketAddress sender) {
        path.leadTo(sender, listener.inFlight());
        DatagramPath used = path;
        try {
            int size = listener.responder().respond(query, length, reply, used);
            if (size == WireResponder.LATER) {
                path = new DatagramPath(this, sender, listener.inFlight());
                used.owe();
            } else if (size > 0) {
                outbound.clear().put(reply, 0, size).flip();
                send(outbound, sender);
            }
        } catch (Throwable thrown) {
            path = new DatagramPath(this, sender, listener.inFlight());
            listener.counters().failed();
        }
    }

    /** Sends a datagram from this worker's socket; from any thread. What cannot be sent is counted and forgotten. */
    void send(ByteBuffer message, InetSocketAddress target) {
        try {
            channel.send(message, target);
        } catch (IOException unsent) {
            listener.counters().sendError();
        }
    }

    /** An interrupt closes a channel; nobody but us may end the service. */
    private synchronized void reopen() {
        boolean interrupted = Thread.interrupted();
        if (closed) {
            return;
        }
        try {
            channel = bind(local, shared);
        } catch (IOException refused) {
            listener.counters().receiveError();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (interrupted) {
            listener.counters().failed();
        }
    }

    /** Receives no more than what has arrived by now; its replies can still be sent. */
    void finish() {
        finishing = true;
    }

    /**
     * Waits until what had arrived is received. A worker that waits for a datagram is sent one, behind all that had arrived;
     * where several share the address the system chooses who gets it, so it may take a few. One that waits on, whatever it
     * is sent, is not reached by anybody and has none.
     *
     * @param end when to give up a worker that is busy
     * @throws InterruptedException when interrupted
     */
    void awaitFinished(long end) throws InterruptedException {
        long turn = turns.get();
        long turnBegan = System.nanoTime();
        while (!finished.await(1, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            long present = turns.get();
            if (present != turn) {
                turn = present;
                turnBegan = now;
            }
            boolean unreached = turn % 2 != 0 && now - turnBegan >= UNREACHED_NANOS;
            if (unreached || now - end >= 0) {
                return;
            }
            wake();
        }
    }

    private void wake() {
        try (DatagramChannel caller = DatagramChannel.open()) {
            caller.send(ByteBuffer.allocate(0), LocalAddress.reached(local)); // no query: it is answered by nothing
        } catch (IOException unsent) {
            LockSupport.parkNanos(PAUSE_NANOS); // nothing is lost: the wait has its end
        }
    }

    synchronized void close() {
        closed = true;
        LocalListener.quietly(channel);
    }
}
