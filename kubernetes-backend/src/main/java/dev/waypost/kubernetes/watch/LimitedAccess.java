package dev.waypost.kubernetes.watch;

import dev.waypost.Histogram;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Ticker;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * An API server that gets no more requests than it is to have: a request waits for its turn, and gives it up when it is
 * cancelled. Counts the waiting, under the name CoreDNS gives it.
 */
public final class LimitedAccess implements ApiAccess, MetricSource {
    private static final long LOOK_MILLIS = 20;
    private static final double NANOS = 1e9;

    private final ApiAccess access;
    private final Optional<TokenBucket> bucket;
    private final Semaphore places;
    private final Map<String, Histogram> waits = new ConcurrentHashMap<>();

    /** An access within a limit. */
    public LimitedAccess(ApiAccess access, RequestLimit limit, Ticker ticker) {
        this.access = access;
        this.bucket = limit.boundsRate()
                ? Optional.of(new TokenBucket(limit.rate(), limit.most(), ticker))
                : Optional.empty();
        this.places = new Semaphore(limit.inFlight() > 0 ? limit.inFlight() : Integer.MAX_VALUE, true);
    }

    @Override
    public ApiClient open() throws IOException {
        ApiClient client = access.open();
        Interceptor gate = this::passed;
        return client.setHttpClient(
                client.getHttpClient().newBuilder().addInterceptor(gate).build());
    }

    @Override
    public List<String> hosts() {
        return access.hosts();
    }

    @Override
    public void check() {
        access.check();
    }

    /** A watch has its response with the first octet of it, so that it holds no place for as long as it lasts. */
    private Response passed(Interceptor.Chain chain) throws IOException {
        long began = Ticker.SYSTEM.nanoTime();
        awaitTurn(chain.call());
        try {
            String host = chain.request().url().host();
            waits.computeIfAbsent(host, any -> Histogram.of(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10))
                    .observe((Ticker.SYSTEM.nanoTime() - began) / NANOS);
            return chain.proceed(chain.request());
        } finally {
            places.release();
        }
    }

    private void awaitTurn(Call call) throws IOException {
        try {
            while (bucket.isPresent() && !bucket.get().take()) {
                wantGoingOn(call);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                wantGoingOn(call);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it waited for its turn", interrupted);
        }
    }

    private static void wantGoingOn(Call call) throws IOException {
        if (call.isCanceled()) {
            throw new IOException("cancelled while it waited for its turn");
        }
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        waits.forEach((host, histogram) -> sink.accept(histogram.distribution(
                "coredns_kubernetes_rest_client_rate_limiter_duration_seconds",
                "Time a request waited for its turn before it was sent.",
                Map.of("verb", "GET", "host", host))));
    }
}
