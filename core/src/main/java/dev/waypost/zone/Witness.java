package dev.waypost.zone;

import dev.waypost.Freshness;

/**
 * Holds until the data it stands for changes: one volatile flag, owned by a node of an immutable snapshot.
 *
 * <p>The writer publishes the new snapshot first and breaks the old node's witness after it: whoever sees a witness
 * hold has an answer that was true at that moment, and whoever sees it broken finds the new data.
 */
public final class Witness implements Freshness {
    private volatile boolean broken;

    /** A witness that holds. */
    public Witness() {}

    @Override
    public boolean holdsAt(long nanoTime) {
        return !broken;
    }

    /** Ends every answer that carries this witness. Call it after the new data can be seen. */
    public void breakNow() {
        broken = true;
    }
}
