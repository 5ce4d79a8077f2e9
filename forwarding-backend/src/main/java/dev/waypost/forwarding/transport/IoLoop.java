package dev.waypost.forwarding.transport;

import dev.waypost.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread of a forwarder: every channel, timer and exchange belongs to it, so none of them needs a lock.
 *
 * <p>What one task, timer or channel throws is reported and harms no other. A selector that is closed under it is replaced;
 * the exchanges whose channels went with it run into their timeouts and are tried again. An interrupt is cleared.
 */
public final class IoLoop implements AutoCloseable {
    /** What a channel is registered with: told on the loop's thread that the channel can do something. */
    @FunctionalInterface
    interface ChannelHandler {
        void ready(SelectionKey key) throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(IoLoop.class.getName());
    private static final String EXCHANGE_FAILED = "one exchange with an upstream failed in a way it should not";
    private static final long CLOSE_MILLIS = 900;
    private static final long REOPEN_PAUSE_NANOS = 50_000_000;
    /** One octet more than the longest message: what fills it whole is none. */
    private static final int DATAGRAM_OCTETS = 65_536;

    private final Ticker ticker;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> deferred = new ArrayDeque<>();
    private final AtomicBoolean wakeupAsked = new AtomicBoolean();
    private final TimerQueue timers = new TimerQueue();
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(DATAGRAM_OCTETS);
    private final Thread thread;
    private volatile Selector selector;
    private volatile boolean closed;

    /** Opens the selector and starts the thread. */
    public IoLoop(String name, Ticker ticker) throws IOException {
        this.ticker = ticker;
        this.selector = Selector.open();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    public long now() {
        return ticker.nanoTime();
    }

    /** Unpredictable numbers for message IDs (RFC 5452 section 9.2); on the loop's thread nobody contends for it. */
    public SecureRandom random() {
        return random;
    }

    /** An empty buffer for one datagram, shared by every channel: to be read before the handler returns. */
    ByteBuffer inbound() {
        return inbound.clear();
    }

    boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Runs a task on the loop's thread; from any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (wakeupAsked.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs a task at the end of this turn, never within the call; on the loop's thread. */
    void later(Runnable task) {
        deferred.add(task);
    }

    /** Runs a task at a time, unless the timer is cancelled; from any thread. */
    public Timer at(long nanoTime, Runnable task) {
        Timer timer = new Timer(this, nanoTime, task);
        onLoop(() -> timers.add(timer));
        return timer;
    }

    void forget(Timer timer) {
        onLoop(() -> timers.remove(timer));
    }

    private void onLoop(Runnable task) {
        if (isLoopThread()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Watches a channel, made non-blocking; on the loop's thread. */
    SelectionKey watch(SelectableChannel channel, int operations, ChannelHandler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    /** The selector in use: for tests, which break it. */
    public Selector selector() {
        return selector;
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (Throwable fault) {
                recover(fault);
            }
        }
        run(tasks, Integer.MAX_VALUE);
        closeChannels();
    }

    private void turn() throws IOException {
        // What was given while a selector was closed woke that one: nobody wakes the one in its place.
        long wait = deferred.isEmpty() && tasks.isEmpty() ? timers.millisToNext(now()) : 0;
        if (wait == 0) {
            selector.selectNow();
        } else {
            selector.select(wait == TimerQueue.NOTHING_DUE ? 0 : wait);
        }
        // A standing interrupt would make every select() return at once: a busy loop. It is not meant for this thread.
        Thread.interrupted();
        wakeupAsked.set(false);
        run(tasks, Integer.MAX_VALUE);
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
            SelectionKey key = keys.next();
            keys.remove();
            handle(key);
        }
        long now = now();
        for (Timer due = timers.takeDue(now); due != null; due = timers.takeDue(now)) {
            fire(due);
        }
        run(deferred, deferred.size()); // what these defer waits for the next turn, so that channels have theirs
    }

    private static void handle(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((ChannelHandler) key.attachment()).ready(key);
            }
        } catch (CancelledKeyException gone) {
            // closed by another handler in the same turn: nothing to do
        } catch (IOException broken) {
            key.cancel();
        } catch (Throwable fault) {
            report(EXCHANGE_FAILED, fault);
        }
    }

    private static void fire(Timer due) {
        try {
            due.fire();
        } catch (Throwable fault) {
            report(EXCHANGE_FAILED, fault);
        }
    }

    private static void run(Queue<Runnable> queue, int most) {
        for (int i = 0; i < most; i++) {
            Runnable task = queue.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable fault) {
                report(EXCHANGE_FAILED, fault);
            }
        }
    }

    /** Logs where that can be done: with no memory left it cannot, and that must not end the thread either. */
    private static void report(String what, Throwable fault) {
        try {
            LOG.log(System.Logger.Level.ERROR, what, fault);
        } catch (Throwable unsaid) {
            // the next fault is told, when there is memory again
        }
    }

    private void recover(Throwable fault) {
        if (closed) {
            return;
        }
        report("the forwarder's selector failed and is opened anew", fault);
        try {
            if (!selector.isOpen()) {
                selector = Selector.open();
            }
        } catch (Throwable outOfDescriptorsOrMemory) {
            report("no new selector can be opened yet", outOfDescriptorsOrMemory);
        }
        LockSupport.parkNanos(REOPEN_PAUSE_NANOS); // whatever is wrong, it must not become a busy loop
    }

    private void closeChannels() {
        try {
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException | ClosedSelectorException alreadyGone) {
            LOG.log(System.Logger.Level.DEBUG, "closing the forwarder's channels", alreadyGone);
        }
    }

    /** Ends the thread after the tasks already given, and closes every channel; waits for it, but not for long. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (!isLoopThread()) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException hostIsInAHurry) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
