package dev.waypost.testing;

import java.time.Duration;

/** How long tests wait for what must come. */
public final class Patience {
    /** So long at most: enough for a machine that does ten other things. */
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private Patience() {}
}
