package dev.waypost.socket;

import dev.waypost.Ticker;
import dev.waypost.socket.stream.TlsScratch;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One thread for all connections of a server: accepts, reads, answers, writes, and closes what is over time. */
final class StreamLoop implements Closeable {
    /** Something that waits for its channel. */
    interface Selected {
        /** The channel is ready for what was waited for. */
        void selected(long now);
    }

    private static final long TICK_MILLIS = 50;

    /** For what takes no time, at least: a loop that takes longer is held by a resolver. */
    private static final long GIVE_BACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int READ_OCTETS = 16 * 1024;

    private static final int LARGEST_MESSAGE = 65_535;

    private final SocketCounters counters;
    private final Ticker ticker;
    private final ConnectionTable connections;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Map<LocalListener, StreamAcceptor> acceptors = new HashMap<>();
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(READ_OCTETS);
    private final TlsScratch scratch = new TlsScratch(inbound);
    private final HandshakeWorkers workers = new HandshakeWorkers();
    private final byte[] query = new byte[LARGEST_MESSAGE];
    private final byte[] reply = new byte[LARGEST_MESSAGE];
    private final Thread thread;
    private volatile boolean closed;
    private long lastTick;

    StreamLoop(ServerOptions options, SocketCounters counters, Ticker ticker) {
        this.counters = counters;
        this.ticker = ticker;
        this.lastTick = ticker.nanoTime();
        this.connections = new ConnectionTable(options, ticker);
        try {
            this.selector = Selector.open();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot open a selector: " + refused.getMessage(), refused);
        }
        this.thread = ServerThreads.start("waypost-tcp", this::run, counters::failed);
    }

    /** The time by which clients have theirs. */
    long now() {
        return ticker.nanoTime();
    }

    SocketCounters counters() {
        return counters;
    }

    ConnectionTable connections() {
        return connections;
    }

    /** What a read fills; used up before the next. */
    ByteBuffer inbound() {
        return inbound;
    }

    /** Room for a step of a TLS stream. */
    TlsScratch scratch() {
        return scratch;
    }

    /** Does a handshake's work on another thread, and then something on this loop's. */
    void shakeHands(Runnable work, Runnable then) {
        workers.run(work, () -> execute(then));
    }

    /** The message being answered. */
    byte[] query() {
        return query;
    }

    /** The reply being made. */
    byte[] reply() {
        return reply;
    }

    SelectionKey register(SelectableChannel channel, int interest, Selected selected) throws IOException {
        return channel.register(selector, interest, selected);
    }

    /** Runs something on the loop's thread; from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    private void run() {
        try {
            while (!closed) {
                Thread.interrupted(); // an interrupt would make every select return at once
                await();
                runTasks();
                dispatch();
                tick();
            }
            runTasks(); // of a loop that was closed while it was busy: what it serves is to be let go
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void await() throws IOException {
        if (tasks.isEmpty()) {
            selector.select(isWaiting() ? TICK_MILLIS : 0);
        } else {
            selector.selectNow(); // a task of this thread's own wakes nobody
        }
    }

    private boolean isWaiting() {
        return !connections.isEmpty() || acceptors.values().stream().anyMatch(StreamAcceptor::isPaused);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void dispatch() {
        long now = now();
        var ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            SelectionKey key = ready.next();
            ready.remove();
            if (key.isValid() && key.attachment() instanceof Selected selected) {
                selected.selected(now);
            }
        }
    }

    private void tick() {
        long now = now();
        if (now - lastTick >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
            lastTick = now;
            connections.checkDeadlines(now);
            acceptors.values().forEach(acceptor -> acceptor.resume(now));
        }
    }

    /** Begins to accept a listener's connections. */
    void accept(LocalListener listener) {
        execute(() -> {
            try {
                acceptors.put(listener, new StreamAcceptor(this, listener));
            } catch (IOException closedMeanwhile) {
                counters.acceptError();
            }
        });
    }

    /**
     * Accepts no more for these listeners, and waits until their connections have ended with the replies that are owed.
     * What has not ended by then is closed. Their addresses can be bound again afterwards.
     */
    void finish(List<LocalListener> listeners, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        CompletableFuture<Void> finished = new CompletableFuture<>();
        execute(() -> CompletableFuture.allOf(finish(listeners)).thenRun(() -> finished.complete(null)));
        await(finished, patience.toNanos());
        CompletableFuture<Void> forgotten = new CompletableFuture<>();
        execute(() -> {
            listeners.forEach(this::forget);
            giveBack();
            forgotten.complete(null);
        });
        await(forgotten, Math.max(GIVE_BACK_NANOS, end - System.nanoTime()));
    }

    private static void await(CompletableFuture<Void> done, long nanos) {
        try {
            done.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // the loop comes to it later
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A closed channel keeps its port, and its descriptor, until the next select. */
    private void giveBack() {
        try {
            selector.selectNow();
        } catch (IOException | ClosedSelectorException late) {
            // the end of the loop gives them back
        }
    }

    private CompletableFuture<?>[] finish(List<LocalListener> listeners) {
        return listeners.stream()
                .flatMap(listener -> Stream.ofNullable(acceptors.get(listener)))
                .map(StreamAcceptor::finish)
                .toArray(CompletableFuture<?>[]::new);
    }

    private void forget(LocalListener listener) {
        StreamAcceptor acceptor = acceptors.remove(listener);
        if (acceptor != null) {
            acceptor.abort();
        }
    }

    /** Ends the thread; connections are closed by {@link #finish} before. */
    @Override
    public void close() {
        execute(() -> closed = true); // behind what it has to do
        ServerThreads.join(List.of(thread));
        closed = true; // a loop too busy to come to that must not find its selector closed, again and again
        workers.close();
        LocalListener.quietly(selector);
    }
}
