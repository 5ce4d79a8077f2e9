package dev.waypost.socket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The HTTP server of one address; which pages it has may change while it serves. */
final class EndpointServer implements Closeable {
    private static final int BACKLOG = 64;

    /** Enough for probes and scrapers; a slow one holds a thread, and the others are still served. */
    private static final int THREADS = 8;

    private static final long THREAD_IDLE_SECONDS = 10;

    private static final int NOT_FOUND = 404;

    private static final int FAILED = 500;

    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final Served served;
    private volatile Map<String, HttpEndpoint.Page> pages = Map.of();
    private boolean serving;

    private EndpointServer(HttpServer server, Served served) {
        this.server = server;
        this.served = served;
        String name = "waypost-http-" + LocalAddress.written(server.getAddress());
        this.executor = new ThreadPoolExecutor(
                THREADS, THREADS, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Binds an address; connections wait until {@link #serve}.
     *
     * @throws UncheckedIOException naming the address that could not be bound
     */
    static EndpointServer bind(HttpAddress address, Served served) {
        try {
            return new EndpointServer(HttpServer.create(address.socket(), BACKLOG), served);
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
    void serve() {
        serving = true;
        // The JDK's server starts a thread that is a daemon only if the one that starts it is.
        Thread starter = new Thread(server::start, "waypost-http-start");
        starter.setDaemon(true);
        starter.start();
        ServerThreads.join(List.of(starter));
    }

    /** Where its pages are found from this machine. */
    List<URI> uris() {
        return pages.keySet().stream().sorted().map(this::uri).toList();
    }

    /** Where a page is found from this machine. */
    URI uri(String path) {
        InetSocketAddress bound = server.getAddress();
        InetAddress host =
                bound.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound.getAddress();
        return URI.create("http://" + LocalAddress.written(new InetSocketAddress(host, bound.getPort())) + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpReply reply = reply(exchange.getRequestURI().getPath());
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), headOnly ? -1 : reply.body().length);
            if (!headOnly) {
                exchange.getResponseBody().write(reply.body());
            }
        }
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

    /** Closes the address and ends its threads. */
    @Override
    public void close() {
        if (!serving) {
            serve(); // the JDK's server gives its port back only from its own thread
        }
        server.stop(0);
        executor.shutdownNow();
    }
}
