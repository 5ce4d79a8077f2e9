package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ResourceKind;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of the API: credentials and TLS from client-java's {@code ApiClient}, the requests our own. Safe for any
 * number of threads.
 */
final class ApiConnection implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(15);
    private static final double NANOS = 1e9;

    private final ApiAccess access;
    private final WatchTimings timings;
    private final ApiMeter meter;
    private volatile boolean streamsLists = true;
    private final List<Opened> retired = new ArrayList<>();
    private @Nullable Opened opened;
    private boolean closed;

    /** A client and its two ways of waiting. */
    private record Opened(ApiClient client, OkHttpClient lists, OkHttpClient watches) {
        /** Lets go of connections that nobody uses; says whether none is left. */
        boolean isIdle() {
            lists.connectionPool().evictAll(); // one pool for both
            return lists.connectionPool().connectionCount() == 0;
        }

        void close() {
            for (OkHttpClient each : List.of(lists, watches)) {
                each.dispatcher().cancelAll();
                each.connectionPool().evictAll();
                each.dispatcher().executorService().shutdown();
            }
        }
    }

    /** A request that can be sent, and cancelled from another thread. */
    record Exchange(Call call, ApiMeter meter) {
        /** Sends it and waits for the head of the response; what is not 2xx is a refusal. */
        Response send() throws IOException {
            String host = call.request().url().host();
            long began = Ticker.SYSTEM.nanoTime();
            String code = ApiMeter.NO_RESPONSE;
            try {
                Response response = call.execute();
                code = Integer.toString(response.code());
                if (response.isSuccessful()) {
                    return response;
                }
                try (response) {
                    throw ApiRefusal.of(response);
                }
            } finally {
                meter.requested(host, code, (Ticker.SYSTEM.nanoTime() - began) / NANOS);
            }
        }
    }

    ApiConnection(ApiAccess access, WatchTimings timings, ApiMeter meter) {
        this.access = access;
        this.timings = timings;
        this.meter = meter;
    }

    /** The first page of a list. @param paged whether it may be one of several */
    Exchange list(ResourceKind<?> kind, ListAge age, boolean paged) throws IOException {
        List<Pair> query = selection(kind);
        age.addTo(query, paged);
        return listing(kind, query);
    }

    /** A further page. @param next what the page before said comes next */
    Exchange nextPage(ResourceKind<?> kind, String next) throws IOException {
        List<Pair> query = selection(kind);
        ListAge.addNextTo(query, next);
        return listing(kind, query);
    }

    private Exchange listing(ResourceKind<?> kind, List<Pair> query) throws IOException {
        Opened now = open();
        return new Exchange(now.lists().newCall(request(now.client(), kind.path(), query)), meter);
    }

    /** One object. */
    Exchange get(ResourceKind<?> kind, String name) throws IOException {
        Opened now = open();
        return new Exchange(now.lists().newCall(request(now.client(), kind.path() + "/" + name, List.of())), meter);
    }

    /** All changes after a version. */
    Exchange watch(ResourceKind<?> kind, String version, Duration length) throws IOException {
        List<Pair> query = selection(kind);
        query.add(new Pair("resourceVersion", version));
        return watching(kind, query, length);
    }

    /** A list and all changes after it, in one. */
    Exchange stream(ResourceKind<?> kind, ListAge age, Duration length) throws IOException {
        List<Pair> query = selection(kind);
        age.addStreamedTo(query);
        return watching(kind, query, length);
    }

    private Exchange watching(ResourceKind<?> kind, List<Pair> query, Duration length) throws IOException {
        query.add(new Pair("watch", "true"));
        query.add(new Pair("allowWatchBookmarks", "true"));
        query.add(new Pair("timeoutSeconds", Long.toString(length.toSeconds())));
        Opened now = open();
        return new Exchange(now.watches().newCall(request(now.client(), kind.path(), query)), meter);
    }

    /** Whether the server may know how to begin a watch with a list. */
    boolean streamsLists() {
        return streamsLists;
    }

    /** Remembers that the server does not. */
    void streamsNoLists() {
        streamsLists = false;
    }

    /** A list and the watch after it must be of the same objects. */
    private static List<Pair> selection(ResourceKind<?> kind) {
        List<Pair> query = new ArrayList<>();
        kind.selection().forEach((parameter, value) -> query.add(new Pair(parameter, value)));
        return query;
    }

    private static Request request(ApiClient client, String path, List<Pair> query) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "waypost");
        try {
            return client.buildRequest(
                    null,
                    path,
                    "GET",
                    query,
                    List.of(),
                    null,
                    headers,
                    new HashMap<>(),
                    new HashMap<>(),
                    new String[] {"BearerToken"},
                    null);
        } catch (ApiException unusable) {
            throw new IOException("no request can be made for " + path + ": " + unusable.getMessage(), unusable);
        }
    }

    private synchronized Opened open() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        Opened now = opened;
        if (now == null) {
            ApiClient client = access.open();
            now = new Opened(client, waiting(client, timings.listSilence()), waiting(client, timings.watchSilence()));
            opened = now;
        }
        return now;
    }

    private OkHttpClient waiting(ApiClient client, Duration silence) {
        OkHttpClient.Builder waiting = client.getHttpClient()
                .newBuilder()
                .connectTimeout(timings.connect())
                .readTimeout(silence)
                .pingInterval(PING); // finds a dead peer under HTTP/2; under HTTP/1.1 the read timeout does
        if (client.getBasePath().startsWith("http:")) {
            waiting.socketFactory(new SmallReads());
        }
        return waiting.build();
    }

    /** Reads credentials and authorities again at the next request: tokens and certificates turn. */
    synchronized void forgetCredentials() {
        Opened old = opened;
        if (old != null) {
            retired.removeIf(Opened::isIdle);
            retired.add(old); // requests under way go on with the old ones
            opened = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        retired.forEach(Opened::close);
        retired.clear();
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
