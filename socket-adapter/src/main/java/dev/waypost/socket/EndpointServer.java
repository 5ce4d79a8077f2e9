package dev.waypost.socket;

import dev.waypost.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of one address; which pages it has may change while it serves.
 *
 * <p>One thread for all its clients, and none of them can hold it: a connection is for one request, which must arrive
 * within five seconds, and with too many of them the oldest is closed. The JDK's server gives a thread to a client that
 * has sent half a request, without a deadline unless the whole JVM is told one.
 */
final class EndpointServer implements Closeable {
    /** Enough for probes and scrapers; beyond it the oldest that has not asked yet is closed. */
    static final int MAX_CONNECTIONS = 128;

    private static final int BACKLOG = 64;

    private static final long TICK_MILLIS = 200;

    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int NOT_FOUND = 404;

    private static final int FAILED = 500;

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final InetSocketAddress bound;
    private final Served served;
    private final Runnable failed;
    private final Ticker ticker;
    private final Set<HttpConnection> open = new LinkedHashSet<>();
    private volatile Map<String, HttpEndpoint.Page> pages = Map.of();
    private volatile boolean closed;
    private @Nullable Thread thread;

    private EndpointServer(
            ServerSocketChannel channel, Selector selector, Served served, Runnable failed, Ticker ticker)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.bound = (InetSocketAddress) channel.getLocalAddress();
        this.served = served;
        this.failed = failed;
        this.ticker = ticker;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Binds an address; connections wait until {@link #serve}.
     *
     * @param failed told of each exception that should not have been
     * @param ticker the clock by which clients have their time
     * @throws UncheckedIOException naming the address that could not be bound
     */
    static EndpointServer bind(HttpAddress address, Served served, Runnable failed, Ticker ticker) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(address.socket(), BACKLOG);
                return new EndpointServer(channel, Selector.open(), served, failed, ticker);
            } catch (IOException | RuntimeException refused) {
                LocalListener.quietly(channel);
                throw refused;
            }
        } catch (IOException refused) {
            String message = "cannot listen on http " + address + ": " + refused.getMessage();
            throw new UncheckedIOException(message, refused);
        }
    }

    /** Shows these pages, by path, and no others. */
    void show(Map<String, HttpEndpoint.Page> byPath) {
        pages = Map.copyOf(byPath);
    }

    /** Begins to answer. */
    synchronized void serve() {
        if (thread == null && !closed) {
            thread = ServerThreads.start("waypost-http-" + LocalAddress.written(bound), this::run, failed);
        }
    }

    /** Where its pages are found from this machine. */
    List<URI> uris() {
        return pages.keySet().stream().sorted().map(this::uri).toList();
    }

    /** Where a page is found from this machine. */
    URI uri(String path) {
        return URI.create("http://" + LocalAddress.written(LocalAddress.reached(bound)) + path);
    }

    private void run() {
        try {
            while (!closed) {
                Thread.interrupted(); // an interrupt would make every select return at once
                selector.select(open.isEmpty() ? 0 : TICK_MILLIS);
                dispatch();
                long now = ticker.nanoTime();
                List.copyOf(open).stream().filter(each -> each.isOver(now)).forEach(this::drop);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void dispatch() {
        var ready = selector.selectedKeys().iterator();
        while (ready.hasNext() && !closed) {
            SelectionKey key = ready.next();
            ready.remove();
            if (key.attachment() instanceof HttpConnection connection) {
                proceed(connection);
            } else {
                accept();
            }
        }
    }

    private void accept() {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                admit(accepted);
            }
        } catch (IOException outOfDescriptors) {
            if (!open.isEmpty()) {
                drop(oldest());
            }
            LockSupport.parkNanos(ACCEPT_PAUSE_NANOS); // it must not become a busy loop
        }
    }

    private void admit(SocketChannel accepted) {
        try {
            open.add(new HttpConnection(accepted, selector, this::reply, ticker));
        } catch (IOException reset) {
            LocalListener.quietly(accepted);
        }
        if (open.size() > MAX_CONNECTIONS) {
            drop(oldest());
        }
    }

    private HttpConnection oldest() {
        return open.stream()
                .filter(HttpConnection::isReading)
                .findFirst()
                .orElseGet(() -> open.iterator().next());
    }

    @SuppressWarnings("CatchingUnchecked") // an Error too: it costs one client its page, and no thread
    private void proceed(HttpConnection connection) {
        try {
            connection.proceed();
            if (!connection.isOpen()) {
                drop(connection);
            }
        } catch (IOException reset) {
            drop(connection);
        } catch (Throwable thrown) {
            drop(connection);
            failed.run();
        }
    }

    private void drop(HttpConnection connection) {
        open.remove(connection);
        LocalListener.quietly(connection);
    }

    private HttpReply reply(String path) {
        HttpEndpoint.Page page = pages.get(path);
        try {
            return page == null ? HttpReply.text(NOT_FOUND, "404 page not found") : page.reply(served);
        } catch (RuntimeException failure) {
            System.getLogger("dev.waypost.socket").log(System.Logger.Level.WARNING, path + " failed", failure);
            return HttpReply.text(FAILED, "500 " + failure);
        }
    }

    /** Closes the address and its connections, and ends its thread. */
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            selector.wakeup();
            ServerThreads.join(List.of(thread));
        }
        if (selector.isOpen()) {
            List.copyOf(selector.keys()).forEach(key -> LocalListener.quietly(key.channel()));
        }
        LocalListener.quietly(selector); // with it the channels' descriptors are given back
    }
}
