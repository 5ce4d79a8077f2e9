package dev.waypost;

import java.util.function.Predicate;

/**
 * For how long an answer may be said again, and to whom: the one mechanism behind reply images, the cache and push.
 *
 * <p>Once {@link #holdsAt} has said no, it never says yes again. Safe for any number of threads. Implementations
 * outside this package are witnesses: an event, not a time, ends them.
 */
public interface Freshness {
    /**
     * Whether the answer still may be said.
     *
     * @param nanoTime the present {@link Ticker} time
     */
    boolean holdsAt(long nanoTime);

    /**
     * Whether the answer may be said to a client as well as to the one that it was made for. Always the same for one
     * client.
     */
    default boolean holdsFor(Client client) {
        return true;
    }

    /** Whether {@link #holdsFor} tells clients apart at all. */
    default boolean isForSome() {
        return false;
    }

    /** Holds as long as both hold: what an alias chain carries. */
    default Freshness and(Freshness other) {
        return BothFresh.of(this, other);
    }

    /** Whether a time takes part in it, so that the TTLs of a repeated answer count down. */
    default boolean isTimed() {
        return false;
    }

    /** Whether {@link #uncached()} takes part in it: a cache may keep the answer, by its TTLs. */
    default boolean isUncached() {
        return false;
    }

    /**
     * The freshness of the same answer once a cache keeps it: a time instead of {@link #uncached()}, and whatever else
     * took part in it - the witness of the alias that led to a forwarded answer - still ends it.
     *
     * @param nanoTime {@link Ticker} time at which the cache lets go of it
     */
    default Freshness keptUntil(long nanoTime) {
        return this;
    }

    /**
     * Runs an action once an event ends this freshness; at once where one has ended it already. A time ends it without a
     * word: {@link #nanosLeft} tells when.
     *
     * @param action runs on the thread that made the change: it must be quick and must neither block nor throw
     * @return run it to take the action back
     */
    default Runnable onBreak(Runnable action) {
        return () -> {};
    }

    /**
     * How long a time lets it hold, nanoseconds: {@link Long#MAX_VALUE} where no time takes part in it, 0 where it
     * holds no more or never did.
     *
     * @param nanoTime the present {@link Ticker} time
     */
    default long nanosLeft(long nanoTime) {
        return holdsAt(nanoTime) ? Long.MAX_VALUE : 0;
    }

    /** Never to be said again: a failure, an answer made for one client. */
    static Freshness never() {
        return ConstantFreshness.NEVER;
    }

    /** Holds as long as the engine's plan: what the grammar of names rules out, not the data. */
    static Freshness always() {
        return ConstantFreshness.ALWAYS;
    }

    /**
     * A forwarded answer that no cache has kept: not to be said again as it is, but a cache may keep it by its TTLs.
     * A cache keeps these answers and no others, so that no TTL ever stands between a client and watched data.
     */
    static Freshness uncached() {
        return ConstantFreshness.UNCACHED;
    }

    /**
     * Holds for some clients: an access rule has allowed them, or they see the same view. Whoever repeats an answer asks
     * {@link #holdsFor} before.
     *
     * @param clients must be quick, and always say the same of one client
     */
    static Freshness forClients(Predicate<Client> clients) {
        return new Audience(clients);
    }

    /** Holds until a {@link Ticker} time: an answer that a cache keeps. */
    static Freshness until(long nanoTime) {
        return new Expiry(nanoTime);
    }
}
