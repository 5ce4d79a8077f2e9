package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lists a resource and watches it from there on, for ever.
 *
 * <pre>
 *   LIST page, page, ... ──► store ──► WATCH from its version ──► event ──► store
 *     ▲    ▲                             ▲       │
 *     │    └── continue expired (410)    └───────┤ ended, cut, silent, 5xx: from the last version
 *     └──────────────────────────────────────────┘ 410, as status or as event: the version is lost
 * </pre>
 *
 * <p>Old objects stay until a whole new list replaces them in one step. After a failure it pauses, longer each time. Runs
 * on a thread of its own; {@link #close} ends it from another.
 */
final class ResourceWatch<T extends ApiObject> implements Runnable, AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");

    private final ResourceKind<T> kind;
    private final ObjectStore<T> store;
    private final ApiConnection connection;
    private final Pause pause;
    private final Backoff backoff;
    private final WatchTimings timings;
    private final Ticker ticker;
    private final WatchLog log;
    private volatile ApiConnection.@Nullable Exchange underWay;

    /** Where the next watch begins; empty where a list must come first. For the watch's thread. */
    private String version = "";

    /** What is being done, for the report of its failure. For the watch's thread. */
    private String doing = "list";

    ResourceWatch(
            ResourceKind<T> kind, ObjectStore<T> store, ApiConnection connection, Pause pause, WatchSetting setting) {
        this.kind = kind;
        this.store = store;
        this.connection = connection;
        this.pause = pause;
        this.timings = setting.timings();
        this.backoff = new Backoff(timings.firstBackoff(), timings.mostBackoff(), setting.random());
        this.ticker = setting.ticker();
        this.log = new WatchLog(kind.resource(), ticker);
    }

    ResourceKind<T> kind() {
        return kind;
    }

    WatchStatus status() {
        return log.status();
    }

    OptionalLong lostSinceNanos() {
        return log.lostSince();
    }

    @Override
    public void run() {
        Optional<Throwable> failed = Optional.empty();
        while (!pause.isOver()) {
            try {
                step(failed);
                failed = Optional.empty();
            } catch (Throwable failure) { // Kotlin throws checked exceptions undeclared, and this thread must live
                failed = Optional.of(failure);
            }
        }
    }

    /** Recovers here, inside the guarded loop: what a recovery throws is one more failure to recover from. */
    private void step(Optional<Throwable> failed) throws IOException {
        if (failed.isPresent()) {
            recover(failed.get());
            return;
        }
        if (version.isEmpty()) {
            list();
        }
        watch();
    }

    private void list() throws IOException {
        doing = "list";
        List<T> objects = new ArrayList<>();
        String next = "";
        ListPage<T> page;
        do {
            ApiConnection.Exchange exchange = connection.list(kind, next);
            try (Response response = send(exchange);
                    Reader text = text(response)) {
                page = ListPage.read(kind, text, log);
            }
            objects.addAll(page.objects());
            next = page.next();
        } while (!next.isEmpty());
        store.replaceAll(objects);
        version = page.version();
        tellRecovery(log.listed());
    }

    private void watch() throws IOException {
        doing = "watch";
        long began = ticker.nanoTime();
        boolean heard = false;
        try (Response response = send(connection.watch(kind, version));
                Reader text = text(response)) {
            tellRecovery(log.watching());
            WatchEvents<T> events = new WatchEvents<>(kind, store, log, text);
            while (events.hasNext()) {
                String reached = events.applyNext();
                version = reached.isEmpty() ? version : reached;
                heard = true;
                backoff.reset();
            }
        }
        boolean lasted = ticker.nanoTime() - began >= timings.mostBackoff().toNanos();
        if (lasted) {
            backoff.reset();
        }
        if (!heard && !lasted) {
            pause.hold(backoff.next()); // a server that ends every watch at once must not be asked in a loop
        }
    }

    private Response send(ApiConnection.Exchange exchange) throws IOException {
        underWay = exchange;
        if (pause.isOver()) {
            throw new IOException("closed");
        }
        return exchange.send();
    }

    private Reader text(Response response) {
        return new InputStreamReader(
                new CountedStream(response.body().byteStream(), log::read), StandardCharsets.UTF_8);
    }

    private void recover(Throwable failure) {
        if (pause.isOver()) {
            return;
        }
        boolean firstFailure = backoff.isReset();
        Duration wait = backoff.next();
        try {
            if (failure instanceof ApiRefusal refusal) {
                wait = recover(refusal, firstFailure, wait);
            } else if (failure instanceof SSLException) {
                connection.forgetCredentials(); // the authorities may have turned
            } else if (!(failure instanceof IOException)) {
                version = ""; // whatever it was, the objects may not be right any more
            }
            tell(failure);
        } finally {
            pause.hold(wait); // a recovery that fails must not be tried again in a loop either
        }
    }

    private Duration recover(ApiRefusal refusal, boolean firstFailure, Duration wait) {
        if (refusal.isVersionLost()) {
            version = "";
            return firstFailure ? Duration.ZERO : wait; // a list is due now, but a second one in a row can wait
        }
        if (refusal.code() == ApiRefusal.UNAUTHORIZED) {
            connection.forgetCredentials();
        }
        Duration asked = refusal.retryAfter().orElse(Duration.ZERO);
        return asked.isZero() ? wait : asked.plus(wait); // plus: not all clients at the same moment
    }

    private void tell(Throwable failure) {
        String error = "cannot " + doing + " " + kind + ": " + failure;
        if (log.failed(error)) {
            LOG.log(Level.WARNING, () -> error + "; trying again until it works");
        }
    }

    private void tellRecovery(boolean recovered) {
        if (recovered) {
            LOG.log(Level.INFO, () -> "the API server is back: " + doing + " of " + kind + " works");
        }
    }

    /** Ends the request under way. The thread ends once its {@link Pause} is over. */
    @Override
    public void close() {
        ApiConnection.Exchange exchange = underWay;
        if (exchange != null) {
            exchange.call().cancel();
        }
    }
}
