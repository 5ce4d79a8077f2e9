package dev.waypost;

/**
 * Whether a part can answer.
 *
 * @param ready true once it can
 * @param reason what it waits for, for a person to read; empty when ready
 */
public record Readiness(boolean ready, String reason) {
    /** Ready. */
    public static final Readiness READY = new Readiness(true, "");

    /** Not ready, and why. */
    public static Readiness waitingFor(String reason) {
        return new Readiness(false, reason);
    }
}
