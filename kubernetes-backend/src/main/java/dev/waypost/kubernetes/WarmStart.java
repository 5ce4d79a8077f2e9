package dev.waypost.kubernetes;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.snapshot.ClusterObjects;
import dev.waypost.kubernetes.snapshot.ClusterSnapshot;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.warm.SnapshotFile;
import dev.waypost.kubernetes.watch.Outages;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the last snapshot, as stale as it is, until every first list is complete, and keeps the snapshot up to date
 * from then on.
 */
final class WarmStart implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");
    private static final Duration SAVING = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 50;
    private static final long CLOSE_MILLIS = 500;

    private final SnapshotFile file;
    private final ClusterState state;
    private final Outages outages;
    private final Ticker ticker;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile String refusal = "";
    private volatile boolean restored;
    private volatile boolean caughtUp;
    private BooleanSupplier synced = () -> false;
    private @Nullable Thread thread;
    private final Object saving = new Object();
    private @Nullable ClusterSnapshot saved; // guarded by saving
    private long savedNanos; // guarded by saving

    WarmStart(SnapshotFile file, ClusterState state, Outages outages, Ticker ticker) {
        this.file = file;
        this.state = state;
        this.outages = outages;
        this.ticker = ticker;
        this.savedNanos = ticker.nanoTime();
    }

    /** Takes what is in the file, and begins to keep it up to date. @param synced whether every first list is complete */
    synchronized void start(BooleanSupplier synced) {
        this.synced = synced;
        SnapshotFile.Reading reading = file.read(System.currentTimeMillis()); // a file outlives every other clock
        if (reading instanceof SnapshotFile.Reading.Usable usable) {
            restore(usable);
        } else if (reading instanceof SnapshotFile.Reading.Refused refused) {
            refusal = refused.reason();
            LOG.log(Level.WARNING, () -> "the snapshot " + file.path() + " is not used: " + refused.reason());
        }
        Thread keeper = new Thread(this::keep, "waypost-snapshot");
        keeper.setDaemon(true);
        thread = keeper;
        keeper.start();
    }

    private void restore(SnapshotFile.Reading.Usable usable) {
        ClusterObjects objects = usable.objects();
        outages.restored(ticker.nanoTime() - usable.age().toNanos());
        state.together(() -> {
            state.namespaces().replaceAll(objects.namespaces());
            state.services().replaceAll(objects.services());
            state.slices().replaceAll(objects.slices());
            state.pods().replaceAll(objects.pods());
        });
        restored = true;
    }

    /** Whether answers come from the file for now. */
    boolean isBridging() {
        return restored && !caughtUp;
    }

    /** Why the file was not used; empty where it was. */
    String refusal() {
        return refusal;
    }

    private void keep() {
        try {
            while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
                saveWhereDue();
            }
        } catch (InterruptedException stray) {
            LOG.log(Level.WARNING, "the snapshot is kept up to date no more: interrupted");
        }
    }

    private void look() {
        if (!caughtUp && isComplete()) {
            outages.caughtUp();
            caughtUp = true;
        }
    }

    /** Whether the API server has told everything. What the file held looks complete from the first, so the watches tell. */
    private boolean isComplete() {
        return restored ? synced.getAsBoolean() : state.snapshot().coverage().isWhole();
    }

    /** The last snapshot is that of {@link #close}, however long the keeper's disk has held it up. */
    private void saveWhereDue() {
        synchronized (saving) {
            boolean due = ticker.nanoTime() - savedNanos >= SAVING.toNanos();
            if (caughtUp && due && end.getCount() > 0) {
                save();
            }
        }
    }

    private void save() {
        savedNanos = ticker.nanoTime();
        ClusterSnapshot now = state.snapshot();
        Duration age = outages.standing("").staleness().age(savedNanos);
        if (now == saved && !age.isZero()) {
            return; // neither the cluster nor the time as of which it is known has moved
        }
        try {
            file.write(state.objects(), System.currentTimeMillis() - age.toMillis());
            saved = now;
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.WARNING, () -> "the snapshot " + file.path() + " cannot be written: " + failure);
        }
    }

    /** Ends the keeping, with a last snapshot of what is known. */
    @Override
    public synchronized void close() {
        end.countDown();
        Thread keeper = thread;
        if (keeper != null) {
            try {
                keeper.join(CLOSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            look(); // the lists may be complete since the keeper last looked
            synchronized (saving) {
                if (caughtUp) {
                    save();
                }
            }
        }
    }
}
