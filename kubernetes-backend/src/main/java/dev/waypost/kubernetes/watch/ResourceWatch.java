package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
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
 *
 *   WATCH that begins with the list, where the server can: object, object, ..., bookmark ──► store, event, event, ...
 * </pre>
 *
 * <p>Old objects stay until a whole new list replaces them in one step. After a failure it pauses, longer each time. Runs
 * on a thread of its own; {@link #close} ends it from another.
 */
final class ResourceWatch<T extends ApiObject> implements Runnable, AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");
    private static final double WATCH_LENGTH_JITTER = 0.25;

    private final ResourceKind<T> kind;
    private final ObjectStore<T> store;
    private final ApiConnection connection;
    private final Pause pause = new Pause();
    private final Backoff backoff;
    private final WatchTimings timings;
    private final DoubleSupplier random;
    private final Ticker ticker;
    private final WatchLog log;
    private final Sender sender;
    private final ListReader<T> lists;
    private @Nullable Thread thread;

    private final VersionCursor cursor = new VersionCursor();

    /** Whether the next list may come as the beginning of a watch, and whether in pages. For the watch's thread. */
    private boolean streamed = true;

    private boolean paged = true;

    /** What is being done, for the report of its failure. For the watch's thread. */
    private String doing = "list";

    /** What the watches of one cluster share. */
    record Shared(ApiConnection connection, Outages outages, ApiMeter meter, WatchSetting setting) {}

    ResourceWatch(ResourceKind<T> kind, ObjectStore<T> store, Shared shared) {
        this.kind = kind;
        this.store = store;
        this.connection = shared.connection();
        WatchSetting setting = shared.setting();
        this.timings = setting.timings();
        this.random = setting.random();
        this.backoff = new Backoff(timings.firstBackoff(), timings.mostBackoff(), random);
        this.ticker = setting.ticker();
        this.log = new WatchLog(kind, ticker, shared.outages(), shared.meter());
        this.sender = new Sender(log);
        this.lists = new ListReader<>(kind, connection, sender, log);
    }

    /** The name of its thread. */
    String name() {
        return "waypost-watch-" + kind.resource() + (kind.scope().isEmpty() ? "" : "-" + kind.scope());
    }

    WatchStatus status() {
        return log.status();
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
        if (!cursor.isLost()) {
            watch();
        } else if (streamed && connection.streamsLists()) {
            stream();
        } else {
            list();
        }
    }

    private void list() throws IOException {
        RecordedList recorded = new RecordedList(kind, cursor.reason(), log);
        ListPage<T> all = read();
        store.replaceAll(all.objects());
        recorded.end(all.objects().size());
        listed(all.version());
    }

    /** Lists once, on the caller's thread and into nothing: the watch goes on from there, if it is started at all. */
    List<T> listBefore() throws IOException {
        try {
            RecordedList recorded = new RecordedList(kind, "asked for", log);
            ListPage<T> all = read();
            recorded.end(all.objects().size());
            listed(all.version());
            return all.objects();
        } catch (IOException failure) {
            tell(failure);
            throw failure;
        }
    }

    private ListPage<T> read() throws IOException {
        doing = "list";
        return lists.read(cursor.wanted(), paged);
    }

    private void listed(String version) {
        cursor.listed(version);
        streamed = true;
        paged = true;
        tellRecovery(log.listed());
    }

    private void watch() throws IOException {
        doing = "watch";
        Duration length = watchLength();
        try (Response response = sender.send(connection.watch(kind, cursor.version(), length))) {
            tellRecovery(log.watching());
            follow(response, store, length);
        }
    }

    private void stream() throws IOException {
        doing = "watch";
        Duration length = watchLength();
        StreamedList<T> list = new StreamedList<>(store, new RecordedList(kind, cursor.reason(), log));
        try (Response response = sender.send(connection.stream(kind, cursor.wanted(), length))) {
            streamed = false; // until the list is whole: one that breaks off is followed by one in pages
            follow(response, list, length);
        } catch (ApiRefusal refusal) {
            if (list.isWhole() || !refusal.isOfTheQuestion()) {
                throw refusal;
            }
            connection.streamsNoLists();
            return;
        }
        if (!list.isWhole()) {
            throw endless();
        }
    }

    private IOException endless() {
        return new IOException("a list of " + kind + " in a watch wants a bookmark that ends it, found none");
    }

    /** Somewhat shorter than it may be, so that clients started together do not come back together. */
    private Duration watchLength() {
        long whole = timings.watchLength().toSeconds();
        return Duration.ofSeconds((long) (whole * (1 - WATCH_LENGTH_JITTER * random.getAsDouble())));
    }

    private void follow(Response response, ObjectStore<T> target, Duration length) throws IOException {
        long began = ticker.nanoTime();
        boolean heard = false;
        try (InputStream octets = sender.octets(response)) {
            WatchEvents<T> events = new WatchEvents<>(kind, target, log, octets);
            while (events.hasNext()) {
                heard |= take(events, target);
            }
        }
        long lasted = ticker.nanoTime() - began;
        boolean useful = heard || lasted >= timings.mostBackoff().toNanos();
        if (useful) {
            backoff.reset();
        }
        if (!useful) {
            pause.hold(backoff.next()); // a server that ends every watch at once must not be asked in a loop
        } else if (lasted < length.toNanos()) {
            // Ended before its time, so that of every other client too: they come back one after the other.
            pause.hold(Duration.ofNanos((long) (timings.firstBackoff().toNanos() * random.getAsDouble())));
        }
    }

    /** Takes one event. @return whether the watch has moved on by it */
    private boolean take(WatchEvents<T> events, ObjectStore<T> target) throws IOException {
        String reached = events.applyNext();
        if (target instanceof StreamedList<T> list && !list.isWhole()) {
            if (events.mark() == WatchEvents.Mark.NONE) {
                return false; // a version amid a list is none to go on from
            }
            if (events.mark() != WatchEvents.Mark.LIST_END) {
                throw endless(); // a server that has overlooked what it was asked
            }
            list.end();
            listed(reached);
            tellRecovery(log.watching());
        }
        cursor.heard(reached);
        backoff.reset();
        return true;
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
                cursor.doubt(); // whatever it was, the objects may not be right any more
            }
            tell(failure);
        } finally {
            pause.hold(wait); // a recovery that fails must not be tried again in a loop either
        }
    }

    private Duration recover(ApiRefusal refusal, boolean firstFailure, Duration wait) {
        if (refusal.isVersionLost()) {
            if (refusal.code() == ApiRefusal.GONE) {
                paged = paged && !cursor.isLost(); // a list whose later pages expired is asked for in one
                cursor.lose();
            } else {
                cursor.loseAhead();
            }
            return firstFailure ? Duration.ZERO : wait; // a list is due now, but a second one in a row can wait
        }
        if (refusal.code() == ApiRefusal.UNAUTHORIZED) {
            connection.forgetCredentials();
        }
        Duration asked = refusal.retryAfter().orElse(Duration.ZERO);
        return asked.isZero() ? wait : asked.plus(wait); // plus: not all clients at the same moment
    }

    private void tell(Throwable failure) {
        boolean forbidden = failure instanceof ApiRefusal refusal && refusal.isByRbac();
        String wanted = "; the account wants the verbs list and watch on " + kind
                + (kind.namespace().isEmpty() ? " in all namespaces" : "");
        String error = "cannot " + doing + " " + kind + ": " + failure + (forbidden ? wanted : "");
        if (log.failed(error, forbidden)) {
            LOG.log(Level.WARNING, () -> error + "; trying again until it works");
        }
    }

    private void tellRecovery(boolean recovered) {
        if (recovered) {
            LOG.log(Level.INFO, () -> "the API server is back: " + doing + " of " + kind + " works");
        }
    }

    /** Begins to watch, on a thread of its own. */
    synchronized void start() {
        Thread started = new Thread(this, name());
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Ends the request under way and the pause, and with them the thread. */
    @Override
    public void close() {
        pause.end();
        sender.close();
        log.close();
    }

    /** Waits for the end of the thread. */
    void join(long nanos) throws InterruptedException {
        Thread started = startedThread();
        if (started != null) {
            TimeUnit.NANOSECONDS.timedJoin(started, Math.max(1, nanos));
        }
    }

    private synchronized @Nullable Thread startedThread() {
        return thread;
    }
}
