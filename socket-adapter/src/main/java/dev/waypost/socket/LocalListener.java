package dev.waypost.socket;

import dev.waypost.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of one local address: datagram workers, and the channel that accepts connections, all on one port; of a TLS
 * listener the channel alone.
 *
 * <p>Bound by {@link #bind}, answering from {@link #serve} on; the responder may be changed while it serves.
 */
final class LocalListener implements Closeable {
    private static final int PORT_ATTEMPTS = 20;

    private static final int CONNECTION_BACKLOG = 512;

    private final InetSocketAddress local;
    private final boolean encrypted;
    private final List<DatagramChannel> datagrams;
    private final ServerSocketChannel streams;
    private final SocketCounters counters;
    private final List<DatagramWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile InFlight inFlight = new InFlight();
    private volatile InFlight earlier = inFlight;
    private volatile Responder responder = (query, length, reply, path) -> 0;
    private volatile ServerOptions options = ServerOptions.DEFAULTS;

    private LocalListener(
            boolean encrypted, List<DatagramChannel> datagrams, ServerSocketChannel streams, SocketCounters counters)
            throws IOException {
        this.local = (InetSocketAddress) streams.getLocalAddress();
        this.encrypted = encrypted;
        this.datagrams = List.copyOf(datagrams);
        this.streams = streams;
        this.counters = counters;
    }

    /**
     * Binds an address for datagrams and streams.
     *
     * @param wanted port 0 lets the system choose one that is free for both
     * @param workers datagram sockets, where the system lets sockets share an address
     * @throws UncheckedIOException naming the transport and the address that could not be bound; nothing stays open
     */
    static LocalListener bind(LocalAddress address, int workers, SocketCounters counters) {
        if (!address.encrypted()) {
            return bind(address.socket(), workers, counters);
        }
        try {
            return new LocalListener(true, List.of(), bindStreams(address.socket()), counters);
        } catch (IOException refused) {
            throw cannotListen("tls", address.socket(), refused);
        }
    }

    private static LocalListener bind(InetSocketAddress wanted, int workers, SocketCounters counters) {
        for (int attempt = 1; ; attempt++) {
            List<DatagramChannel> datagrams = new ArrayList<>();
            try {
                bindDatagrams(wanted, workers, datagrams);
                InetSocketAddress chosen = (InetSocketAddress) datagrams.get(0).getLocalAddress();
                return new LocalListener(false, datagrams, bindStreams(chosen), counters);
            } catch (IOException | UncheckedIOException refused) {
                datagrams.forEach(LocalListener::quietly);
                // The port chosen for datagrams may be taken for streams: another one then.
                if (wanted.getPort() != 0 || attempt == PORT_ATTEMPTS) {
                    throw refused instanceof UncheckedIOException said
                            ? said
                            : cannotListen("dns", wanted, (IOException) refused);
                }
            }
        }
    }

    private static void bindDatagrams(InetSocketAddress wanted, int workers, List<DatagramChannel> bound) {
        try {
            // Alone first: a socket that shares from the start would also join another server's and take half its
            // queries.
            DatagramChannel first = DatagramWorker.bind(wanted, false);
            bound.add(first);
            if (workers > 1 && first.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                first.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                share((InetSocketAddress) first.getLocalAddress(), workers, bound);
            }
        } catch (IOException refused) {
            throw cannotListen("udp", wanted, refused);
        }
    }

    private static void share(InetSocketAddress address, int workers, List<DatagramChannel> bound) throws IOException {
        try {
            while (bound.size() < workers) {
                bound.add(DatagramWorker.bind(address, true));
            }
        } catch (BindException unshared) {
            // Only Linux lets a bound socket open its address to others; elsewhere one socket does the work.
        }
    }

    private static ServerSocketChannel bindStreams(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(family(address.getAddress()));
        try {
            channel.configureBlocking(false);
            // A port with connections in TIME_WAIT can be bound again after a restart.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, CONNECTION_BACKLOG);
            return channel;
        } catch (IOException refused) {
            quietly(channel);
            throw cannotListen("tcp", address, refused);
        }
    }

    static UncheckedIOException cannotListen(String transport, InetSocketAddress address, IOException why) {
        String place = transport + " " + LocalAddress.written(address);
        return new UncheckedIOException("cannot listen on " + place + ": " + why.getMessage(), why);
    }

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    static void quietly(Closeable channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // it is gone either way
        }
    }

    /** The address and port in use. */
    InetSocketAddress local() {
        return local;
    }

    /** The channel that accepts connections, not blocking. */
    ServerSocketChannel streams() {
        return streams;
    }

    SocketCounters counters() {
        return counters;
    }

    Responder responder() {
        return responder;
    }

    /** What holds here. */
    ServerOptions options() {
        return options;
    }

    /** How its connections come. */
    Transport streamTransport() {
        return encrypted ? Transport.TLS : Transport.TCP;
    }

    /** Counts the datagrams whose replies are owed. */
    InFlight inFlight() {
        return inFlight;
    }

    /** Answers with this responder from the next message on, and keeps to these options. */
    void answerWith(Responder next, ServerOptions changed) {
        options = changed;
        responder = next;
    }

    /** Starts the datagram workers; streams are the {@link StreamLoop}'s. */
    synchronized void serve() {
        boolean shared = datagrams.size() > 1;
        for (DatagramChannel channel : datagrams) {
            DatagramWorker worker = new DatagramWorker(this, channel, local, shared);
            workers.add(worker);
            threads.add(ServerThreads.start("waypost-udp-" + LocalAddress.written(local), worker, counters::failed));
        }
    }

    /** Waits for the replies owed to datagrams that have arrived; later ones are still answered meanwhile. */
    void drain(long end) {
        earlier = inFlight;
        inFlight = new InFlight();
        earlier.awaitNone(until(end));
    }

    /** Waits for all replies that are owed, once no more datagrams are received; an interrupt ends the wait and stays set. */
    void drainAll(long end) {
        // What is counted late, for a worker was held between its query and the count, is counted by now.
        earlier.awaitNone(until(end));
        inFlight.awaitNone(until(end));
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Receives no more datagrams than have arrived by now. */
    synchronized void finish() {
        workers.forEach(DatagramWorker::finish);
    }

    /** Waits until those are received; an interrupt ends the wait and stays set. */
    synchronized void awaitFinished(long end) {
        try {
            for (DatagramWorker worker : workers) {
                worker.awaitFinished(end);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes every socket and ends the workers. */
    @Override
    public synchronized void close() {
        quietly(streams);
        workers.forEach(DatagramWorker::close); // they first: who is not told opens a socket that was closed again
        datagrams.forEach(LocalListener::quietly);
        ServerThreads.join(threads);
    }
}
