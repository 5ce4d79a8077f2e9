package dev.waypost.zone;

import dev.waypost.Freshness;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Holds until the data it stands for changes: one volatile field, owned by a node of an immutable snapshot.
 *
 * <p>The writer publishes the new snapshot first and breaks the old node's witness after it: whoever sees a witness
 * hold has an answer that was true at that moment, and whoever sees it broken finds the new data.
 */
public final class Witness implements Freshness {
    private static final VarHandle LISTENING = listening();
    private static final Listening BROKEN = new Listening(() -> {}, null);

    /** Who waits for the end; {@link #BROKEN} once it has come. One field for both: there is a witness for every name. */
    private volatile @Nullable Listening listening;

    /** A witness that holds. */
    public Witness() {}

    private static VarHandle listening() {
        try {
            return MethodHandles.lookup().findVarHandle(Witness.class, "listening", Listening.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @Override
    public boolean holdsAt(long nanoTime) {
        return listening != BROKEN;
    }

    /** Ends every answer that carries this witness, and tells who waits for it. Call it after the new data can be seen. */
    public void breakNow() {
        Listening told = (Listening) LISTENING.getAndSet(this, BROKEN);
        for (; told != null && told != BROKEN; told = told.next) {
            told.action.run();
        }
    }

    @Override
    public Runnable onBreak(Runnable action) {
        Listening before;
        Listening mine;
        do {
            before = listening;
            if (before == BROKEN) {
                action.run();
                return () -> {};
            }
            mine = new Listening(action, before);
        } while (!LISTENING.compareAndSet(this, before, mine));
        Listening added = mine;
        return () -> forget(added);
    }

    private void forget(Listening gone) {
        Listening before;
        do {
            before = listening;
        } while (before != null && before != BROKEN && !LISTENING.compareAndSet(this, before, before.without(gone)));
    }

    /** One who waits, and those who waited before. */
    private static final class Listening {
        private final Runnable action;
        private final @Nullable Listening next;

        Listening(Runnable action, @Nullable Listening next) {
            this.action = action;
            this.next = next;
        }

        @Nullable
        Listening without(Listening gone) {
            Listening kept = null;
            for (Listening each = this; each != null; each = each.next) {
                if (each.action != gone.action) {
                    kept = new Listening(each.action, kept);
                }
            }
            return kept;
        }
    }
}
