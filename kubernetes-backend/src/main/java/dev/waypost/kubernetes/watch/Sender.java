package dev.waypost.kubernetes.watch;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends the requests of one watch, one at a time, until it is closed from another thread. */
final class Sender implements AutoCloseable {
    private final WatchLog log;
    private volatile boolean closed;
    private volatile ApiConnection.@Nullable Exchange underWay;

    /** @param log counts what is read */
    Sender(WatchLog log) {
        this.log = log;
    }

    /** Sends a request and waits for the head of its response. */
    Response send(ApiConnection.Exchange exchange) throws IOException {
        underWay = exchange;
        if (closed) {
            throw new IOException("closed");
        }
        return exchange.send();
    }

    /** The body of a response, as it comes. */
    InputStream octets(Response response) {
        return new CountedStream(response.body().byteStream(), log::read);
    }

    /** Ends the request under way; no other is sent. */
    @Override
    public void close() {
        closed = true;
        ApiConnection.Exchange exchange = underWay;
        if (exchange != null) {
            exchange.call().cancel();
        }
    }
}
