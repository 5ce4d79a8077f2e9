package dev.waypost.forwarding;

import dev.waypost.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Name;

/** Describes a {@link CachingLayer}; for one thread. */
public final class CacheBuilder {
    /** Longer than seven days no answer is kept, whatever is asked for (RFC 8767 section 4). */
    static final int MOST_SUCCESS_SECONDS = 604_800;
    /** Longer than three hours no denial is kept, whatever is asked for (RFC 2308 section 5). */
    static final int MOST_DENIAL_SECONDS = 10_800;

    static final int SUCCESS_CAP_SECONDS = 3600;
    static final int DENIAL_CAP_SECONDS = 1800;
    /** CoreDNS counts 9,984 entries; a kilobyte is what a large one takes. */
    static final long DEFAULT_BYTES = 9_984 * 1_024L;
    /** RFC 9520 section 3.2 bounds the memory of a failure. */
    static final Duration MAX_SERVFAIL = Duration.ofMinutes(5);
    /** RFC 8767 section 5 suggests one to three days. */
    static final Duration DEFAULT_STALE = Duration.ofDays(1);

    static final Duration MAX_STALE = Duration.ofDays(3);
    static final int LEAST_PERCENTAGE = 10;
    static final int MOST_PERCENTAGE = 90;

    private List<Name> zones = List.of(Name.root);
    private CacheBounds success = new CacheBounds(DEFAULT_BYTES, SUCCESS_CAP_SECONDS, 0, List.of());
    private CacheBounds denial = new CacheBounds(DEFAULT_BYTES, DENIAL_CAP_SECONDS, 0, List.of());
    private FailureTimes failures = new FailureTimes(TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(30));
    private Duration stale = Duration.ZERO;
    private StalePolicy stalePolicy = StalePolicy.VERIFY;
    private Duration staleTimer = Duration.ofMillis(1800);
    private Duration staleTtl = Duration.ofSeconds(30);
    private Duration recheck = Duration.ofSeconds(30);
    private boolean preferPositive;
    private PrefetchRules prefetch = new PrefetchRules(0, 0, LEAST_PERCENTAGE);
    private boolean keepTtl;
    private String server = "";
    private Ticker ticker = Ticker.SYSTEM;

    CacheBuilder() {}

    /** Only names at or below these zones are kept; every name by default. */
    public CacheBuilder zones(List<Name> only) {
        zones = List.copyOf(only);
        return this;
    }

    /** The longest TTL of answers with records; 3,600 s by default, seven days at most. */
    public CacheBuilder successTtl(Duration cap) {
        success = success.withCap(Math.min(MOST_SUCCESS_SECONDS, seconds("successTtl", cap)));
        return this;
    }

    /** The longest TTL of NXDOMAIN and NODATA; 1,800 s by default, three hours at most. */
    public CacheBuilder denialTtl(Duration cap) {
        denial = denial.withCap(Math.min(MOST_DENIAL_SECONDS, seconds("denialTtl", cap)));
        return this;
    }

    /** A shorter TTL of an answer with records counts as this; TTL 0 stays 0. 0 s by default. */
    public CacheBuilder successLeastTtl(Duration least) {
        success = success.withLeast(seconds("successLeastTtl", least));
        return this;
    }

    /** A shorter TTL of NXDOMAIN or NODATA counts as this; TTL 0 stays 0. 0 s by default. */
    public CacheBuilder denialLeastTtl(Duration least) {
        denial = denial.withLeast(seconds("denialLeastTtl", least));
        return this;
    }

    /** Heap for answers with records; 10,223,616 bytes by default. */
    public CacheBuilder successBytes(long bytes) {
        success = success.withBytes(positive(bytes));
        return this;
    }

    /** Heap for NXDOMAIN, NODATA and failures; 10,223,616 bytes by default. */
    public CacheBuilder denialBytes(long bytes) {
        denial = denial.withBytes(positive(bytes));
        return this;
    }

    /** How long a failure is kept, each time; at most five minutes, 0 for not at all. */
    public CacheBuilder servfail(Duration time) {
        return servfail(time, time);
    }

    /**
     * How long a failure is kept: the first one, and each one that follows twice as long as the one before it (RFC 9520
     * section 3.2); 5 s up to 30 s by default.
     *
     * @param first 0 for not at all
     * @param most at least {@code first}, at most five minutes
     */
    public CacheBuilder servfail(Duration first, Duration most) {
        if (first.isNegative() || most.compareTo(first) < 0 || most.compareTo(MAX_SERVFAIL) > 0) {
            throw new IllegalArgumentException(
                    "servfail wants 0 s..300 s, and the longest not below the first, found " + first + " and " + most);
        }
        failures = new FailureTimes(first.toNanos(), most.toNanos());
        return this;
    }

    /** Tells what is stale where nothing fresh is to be had (RFC 8767); off by default. */
    public CacheBuilder serveStale(StalePolicy policy) {
        return serveStale(policy, DEFAULT_STALE);
    }

    /**
     * Tells what is stale where nothing fresh is to be had (RFC 8767); off by default.
     *
     * @param most for how long after its TTL is over; at most three days
     */
    public CacheBuilder serveStale(StalePolicy policy, Duration most) {
        if (most.compareTo(MAX_STALE) > 0) {
            throw new IllegalArgumentException("serveStale wants at most 3 days, found " + most);
        }
        stalePolicy = policy;
        stale = notNegative("serveStale", most);
        return this;
    }

    /**
     * With {@link StalePolicy#VERIFY}: how long a client waits for the upstream before it is told what is stale; 1.8 s by
     * default, 0 for as long as the query may take.
     */
    public CacheBuilder staleTimer(Duration patience) {
        staleTimer = notNegative("staleTimer", patience);
        return this;
    }

    /** The TTL of a stale answer; 30 s by default. */
    public CacheBuilder staleTtl(Duration ttl) {
        seconds("staleTtl", ttl);
        staleTtl = ttl;
        return this;
    }

    /** For how long a name whose refresh failed is not asked for again; 30 s by default, at most five minutes. */
    public CacheBuilder failureRecheck(Duration time) {
        if (time.compareTo(MAX_SERVFAIL) > 0) {
            throw new IllegalArgumentException("failureRecheck wants 0 s..300 s, found " + time);
        }
        recheck = notNegative("failureRecheck", time);
        return this;
    }

    /** Whether stale records are told rather than a fresh NXDOMAIN or NODATA; off by default. */
    public CacheBuilder preferPositive(boolean value) {
        preferPositive = value;
        return this;
    }

    /**
     * Refreshes popular answers before they expire; off by default.
     *
     * @param amount questions that make an answer popular; 0 for off
     * @param gap the pause between two questions after which counting starts anew
     * @param percentage how much of its TTL an answer has left when it is refreshed, 10..90; one second at least
     */
    public CacheBuilder prefetch(int amount, Duration gap, int percentage) {
        if (amount < 0 || percentage < LEAST_PERCENTAGE || percentage > MOST_PERCENTAGE) {
            throw new IllegalArgumentException(
                    "prefetch wants an amount of 0 or more and a percentage of 10..90, found " + amount + " and "
                            + percentage);
        }
        prefetch = new PrefetchRules(amount, notNegative("prefetch", gap).toNanos(), percentage);
        return this;
    }

    /** Answers with records for names at or below these zones are not kept. */
    public CacheBuilder withoutSuccess(Name... below) {
        success = success.withDisabled(Arrays.asList(below));
        return this;
    }

    /** NXDOMAIN, NODATA and failures for names at or below these zones are not kept. */
    public CacheBuilder withoutDenial(Name... below) {
        denial = denial.withDisabled(Arrays.asList(below));
        return this;
    }

    /** Whether repeated answers say the TTL they came with instead of what is left of it; they go at the same time. */
    public CacheBuilder keepTtl(boolean value) {
        keepTtl = value;
        return this;
    }

    /** The clock of every TTL; {@link Ticker#SYSTEM} by default. It must be the engine's. */
    public CacheBuilder ticker(Ticker clock) {
        ticker = clock;
        return this;
    }

    /** The {@code server} label of its measurements; empty by default. */
    public CacheBuilder server(String name) {
        server = name;
        return this;
    }

    private static int seconds(String option, Duration time) {
        long seconds = time.toSeconds();
        if (time.isNegative() || seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " wants 0 s..2147483647 s, found " + time);
        }
        return (int) seconds;
    }

    private static Duration notNegative(String option, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(option + " wants a time of 0 or more, found " + time);
        }
        return time;
    }

    private static long positive(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a cache wants 1 byte or more, found " + bytes);
        }
        return bytes;
    }

    /** The layer. */
    public CachingLayer build() {
        return build(Clock.of(ticker));
    }

    /** The layer, with a clock that also says when something is to be done. */
    CachingLayer build(Clock clock) {
        return new CachingLayer(settings(), clock);
    }

    CacheSettings settings() {
        StaleRules staleRules = new StaleRules(
                stale.toNanos(),
                stalePolicy,
                staleTimer.toNanos(),
                (int) staleTtl.toSeconds(),
                recheck.toNanos(),
                preferPositive);
        return new CacheSettings(zones, success, denial, failures, staleRules, prefetch, keepTtl, server);
    }
}
