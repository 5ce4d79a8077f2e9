package dev.waypost.forwarding;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The HTTP clients of a forwarder: one a server name, as a client says one name to all its servers. One thread's. */
final class HttpClients implements AutoCloseable {
    private final UpstreamTls tls;
    private final Duration connectTimeout;
    private final Executor executor;
    private final Map<String, HttpClient> clients = new HashMap<>();

    HttpClients(UpstreamTls tls, Duration connectTimeout, Executor executor) {
        this.tls = tls;
        this.connectTimeout = connectTimeout;
        this.executor = executor;
    }

    /** The client for an upstream. */
    HttpClient client(UpstreamAddress upstream) {
        return clients.computeIfAbsent(
                upstream.serverName(),
                name -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .sslContext(tls.context())
                        .sslParameters(tls.parameters(upstream))
                        .connectTimeout(connectTimeout)
                        .executor(executor)
                        .build());
    }

    /** Ends the clients' threads: at once on Java 21 and newer; before that, when the clients are garbage. */
    @Override
    public void close() {
        MethodHandle shutdown = shutdownNow();
        if (shutdown != null) {
            clients.values().forEach(each -> end(shutdown, each));
        }
        clients.clear();
    }

    private static @Nullable MethodHandle shutdownNow() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
        } catch (NoSuchMethodException | IllegalAccessException older) {
            return null;
        }
    }

    private static void end(MethodHandle shutdown, HttpClient client) {
        try {
            shutdown.invoke(client);
        } catch (Throwable failure) {
            System.getLogger(HttpClients.class.getName())
                    .log(System.Logger.Level.WARNING, "an HTTP client did not end", failure);
        }
    }
}
