package dev.waypost.socket.transfer;

import dev.waypost.Client;
import dev.waypost.Serial;
import dev.waypost.Staleness;
import dev.waypost.socket.transfer.KeptZones.From;
import dev.waypost.socket.transfer.KeptZones.Kept;
import dev.waypost.tsig.TsigKey;
import dev.waypost.zone.StaticZone;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one copy: asks the primaries in turn whether they have a newer state, fetches it, and waits as the SOA says
 * (RFC 1034 section 4.3.5). One look at a time; it may take long, so it runs on a thread for such work.
 */
final class ZoneRefresh {
    private static final Logger LOG = System.getLogger("dev.waypost.secondary");

    /** Before the first transfer, as CoreDNS: doubled at each failure. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);

    private static final Duration LAST_FIRST_RETRY = Duration.ofSeconds(10);

    /** However often a primary says that something has changed. */
    private static final Duration LEAST_APART = Duration.ofSeconds(1);

    private final SecondaryZone zone;
    private final From from;
    private final Optional<TsigKey> key;
    private final SecondarySettings settings;
    private final RefreshThreads threads;
    private final KeptZones.Place place;
    private final LongAdder transfers = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private Duration firstRetry = FIRST_RETRY;
    private String lastFailure = "";
    private long lastBegan = System.nanoTime() - LEAST_APART.toNanos();
    private long refreshedNanos;
    private volatile @Nullable PrimaryConnection connection;
    private long turns;
    private boolean handed;
    private boolean running;
    private boolean again;
    private @Nullable StaticZone copy;
    private @Nullable Future<?> next;
    private @Nullable Future<?> end;
    private boolean closed;

    ZoneRefresh(
            SecondaryZone zone, From from, Optional<TsigKey> key, SecondarySettings settings, RefreshThreads threads) {
        this.zone = zone;
        this.from = from;
        this.key = key;
        this.settings = settings;
        this.threads = threads;
        this.place = settings.kept().use(from);
    }

    From from() {
        return from;
    }

    long transfers() {
        return transfers.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Whether a client may say that something has changed: who has the key, or is a primary where there is none. */
    boolean believes(Client client) {
        return key.isPresent()
                ? client.key().equals(from.key())
                : from.primaries().stream()
                        .anyMatch(primary -> primary.getAddress().equals(client.address()));
    }

    /** Begins with what was kept, if it is still good, and looks at once. */
    synchronized void start() {
        place.kept().ifPresent(kept -> {
            long age = System.nanoTime() - kept.refreshedNanos();
            RefreshTimes times = RefreshTimes.of(kept.zone().soa(), settings.least());
            if (age < times.expire().toNanos()) {
                zone.publish(kept.zone());
                copy = kept.zone();
                refreshedNanos = kept.refreshedNanos();
                expireIn(times.expire().minusNanos(age));
            }
        });
        lookIn(Duration.ZERO);
    }

    /** A primary says that there is something new; what it says it has, if it does. */
    synchronized void hear(Optional<Serial> serial) {
        boolean known = zone.isLoaded() && serial.isPresent() && !serial.get().isNewerThan(zone.serial());
        if (closed || known) {
            return;
        }
        if (running) {
            again = true; // what is fetched now may be what was there before
        } else if (!handed) {
            lookIn(untilNextMay());
        }
    }

    private Duration untilNextMay() {
        long since = System.nanoTime() - lastBegan;
        return Duration.ofNanos(Math.max(0, LEAST_APART.toNanos() - since));
    }

    private synchronized void lookIn(Duration wait) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        long turn = ++turns;
        next = threads.after(wait, () -> handOver(turn));
    }

    /** Hands a look to a worker, unless it was put off at the last moment: no two of one zone wait for a worker. */
    private synchronized void handOver(long turn) {
        if (!closed && turn == turns) {
            handed = true;
            threads.work(this::look);
        }
    }

    private void look() {
        synchronized (this) {
            handed = false;
            if (closed) {
                return;
            }
            running = true;
            lastBegan = System.nanoTime();
        }
        Duration wait = refreshed();
        synchronized (this) {
            running = false;
            boolean soon = again;
            again = false;
            lookIn(soon ? untilNextMay() : RefreshTimes.jittered(wait));
        }
    }

    /** One look at the primaries in turn. @return how long to wait for the next */
    @SuppressWarnings("CatchingUnchecked") // an Error too, of a zone too large for the memory: the next may be smaller
    private Duration refreshed() {
        StringBuilder failure = new StringBuilder();
        for (InetSocketAddress primary : from.primaries()) {
            try {
                refreshFrom(primary);
                heard();
                return zone.isLoaded() ? times().refresh() : FIRST_RETRY; // it may have expired while it was asked for
            } catch (IOException refused) {
                failure.append(told(primary, String.valueOf(refused.getMessage())));
            } catch (RuntimeException | Error unexpected) {
                failure.append(told(primary, unexpected.toString()));
            }
        }
        return failed(failure.toString());
    }

    private static String told(InetSocketAddress primary, String failure) {
        return " " + named(primary) + ": " + failure + ";";
    }

    private static String named(InetSocketAddress primary) {
        return primary.getAddress().getHostAddress() + "#" + primary.getPort();
    }

    private void refreshFrom(InetSocketAddress primary) throws IOException {
        try (PrimaryConnection stream = new PrimaryConnection(settings.limits(), key)) {
            connection = stream;
            if (isClosed()) {
                throw new TransferException("closed");
            }
            stream.connect(primary);
            ZoneDownload download = new ZoneDownload(stream, from.zone(), settings.limits());
            if (zone.isLoaded() && !isNewer(download.serial())) {
                return;
            }
            StaticZone fetched = download.zone();
            if (zone.isLoaded() && !isNewer(Serial.of(fetched.soa()))) {
                return;
            }
            publish(fetched, primary);
        } finally {
            connection = null;
        }
    }

    /**
     * Whether a primary has something newer than there is here.
     *
     * @throws TransferException for a state that was over before: another primary may have a newer one
     */
    private boolean isNewer(Serial theirs) throws TransferException {
        Serial ours = zone.serial();
        if (!theirs.isNewerThan(ours) && !theirs.equals(ours)) {
            throw new TransferException("its serial " + theirs + " is behind ours, " + ours);
        }
        return theirs.isNewerThan(ours);
    }

    private synchronized void publish(StaticZone fetched, InetSocketAddress primary) throws TransferException {
        if (closed) {
            throw new TransferException("closed");
        }
        // All before it answers: whoever sees it finds it counted, fresh, and there for the next configuration.
        refreshedNanos = System.nanoTime();
        place.keep(new Kept(fetched, refreshedNanos));
        copy = fetched;
        transfers.increment();
        zone.stand(Staleness.FRESH);
        zone.publish(fetched);
        LOG.log(Level.INFO, () -> "zone " + from.zone() + " has serial " + zone.serial() + " from " + named(primary));
    }

    private RefreshTimes times() {
        return RefreshTimes.of(zone.soa(), settings.least());
    }

    private synchronized void heard() {
        refreshedNanos = System.nanoTime();
        lastFailure = "";
        firstRetry = FIRST_RETRY;
        zone.stand(Staleness.FRESH);
        if (copy != null) {
            place.keep(new Kept(copy, refreshedNanos));
        }
        expireIn(times().expire());
    }

    private synchronized Duration failed(String failure) {
        failures.increment();
        if (!failure.equals(lastFailure) && !closed) { // the same at every try is told once
            LOG.log(Level.WARNING, () -> "zone " + from.zone() + " could not be refreshed:" + failure);
        }
        lastFailure = failure;
        if (zone.isLoaded()) {
            zone.stand(Staleness.since(refreshedNanos));
            return times().retry();
        }
        Duration wait = firstRetry;
        firstRetry = wait.multipliedBy(2).compareTo(LAST_FIRST_RETRY) > 0 ? LAST_FIRST_RETRY : wait.multipliedBy(2);
        return wait;
    }

    private synchronized void expireIn(Duration time) {
        if (end != null) {
            end.cancel(false);
        }
        if (!closed) {
            end = threads.after(time, this::expire);
        }
    }

    private synchronized void expire() {
        if (System.nanoTime() - refreshedNanos < times().expire().toNanos()) {
            return; // a primary was heard of at the last moment
        }
        zone.expire();
        copy = null;
        place.clear();
        LOG.log(Level.WARNING, () -> "zone " + from.zone() + " expired; SERVFAIL until a primary is heard of");
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends every wait, and asks nobody any more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        PrimaryConnection waiting = connection;
        if (waiting != null) {
            waiting.close();
        }
        settings.kept().release(from);
    }
}
