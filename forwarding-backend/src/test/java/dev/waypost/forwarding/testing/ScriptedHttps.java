package dev.waypost.forwarding.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;
import org.xbill.DNS.Message;

/** A DNS server over HTTPS on 127.0.0.1, HTTP/2 where the client wants it, that follows a script. */
public final class ScriptedHttps implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final List<ReceivedQuery> received = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile HttpScript script;

    /** What an upstream does with a query. */
    @FunctionalInterface
    public interface HttpScript {
        /** The reply; called on one of the server's threads. */
        MockResponse reply(ReceivedQuery query) throws IOException;
    }

    private ScriptedHttps(HttpScript script, SSLContext tls) throws IOException {
        this.script = script;
        server.useHttps(tls.getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return ScriptedHttps.this.dispatch(request);
            }
        });
        server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    /** A server. */
    public static ScriptedHttps running(SSLContext tls, HttpScript script) {
        try {
            return new ScriptedHttps(script, tls);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Does something else from now on. */
    public void script(HttpScript other) {
        script = other;
    }

    private MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        try {
            ReceivedQuery query = new ReceivedQuery(new Message(message(request)), 0, true);
            received.add(query);
            return script.reply(query);
        } catch (IOException unreadable) {
            return new MockResponse.Builder().code(400).build();
        }
    }

    private static byte[] message(RecordedRequest request) {
        String dns = request.getUrl().queryParameter("dns");
        ByteString body = request.getBody();
        return dns != null ? Base64.getUrlDecoder().decode(dns) : body == null ? new byte[0] : body.toByteArray();
    }

    /** A DNS message as HTTP wants it, its head changed. */
    @SafeVarargs
    public static MockResponse message(Message reply, Consumer<MockResponse.Builder>... changes) {
        MockResponse.Builder builder = new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/dns-message")
                .body(new Buffer().write(reply.toWire()));
        for (Consumer<MockResponse.Builder> change : changes) {
            change.accept(builder);
        }
        return builder.build();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getSocketAddress();
    }

    /** Every readable query so far. */
    public List<ReceivedQuery> received() {
        return List.copyOf(received);
    }

    /** Every request so far. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.close();
    }
}
