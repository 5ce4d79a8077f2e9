package dev.waypost.forwarding;

import dev.waypost.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Name;

/** Describes a {@link CachingLayer}; for one thread. */
public final class CacheBuilder {
    static final int SUCCESS_CAP_SECONDS = 3600;
    static final int DENIAL_CAP_SECONDS = 1800;
    /** CoreDNS counts 9,984 entries; a kilobyte is what a large one takes. */
    static final long DEFAULT_BYTES = 9_984 * 1_024L;
    /** RFC 9520 section 3.2 bounds the memory of a failure. */
    static final Duration MAX_SERVFAIL = Duration.ofMinutes(5);

    private List<Name> zones = List.of(Name.root);
    private CacheBounds success = new CacheBounds(DEFAULT_BYTES, SUCCESS_CAP_SECONDS, 0, List.of());
    private CacheBounds denial = new CacheBounds(DEFAULT_BYTES, DENIAL_CAP_SECONDS, 0, List.of());
    private int servfailSeconds = 5;
    private boolean keepTtl;
    private String server = "";
    private Ticker ticker = Ticker.SYSTEM;

    CacheBuilder() {}

    /** Only names at or below these zones are kept; every name by default. */
    public CacheBuilder zones(List<Name> only) {
        zones = List.copyOf(only);
        return this;
    }

    /** The longest TTL of answers with records; 3,600 s by default. */
    public CacheBuilder successTtl(Duration cap) {
        success = success.withCap(seconds("successTtl", cap));
        return this;
    }

    /** The longest TTL of NXDOMAIN and NODATA; 1,800 s by default. */
    public CacheBuilder denialTtl(Duration cap) {
        denial = denial.withCap(seconds("denialTtl", cap));
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

    /** Memory for answers with records, about; 10,223,616 bytes by default. */
    public CacheBuilder successBytes(long bytes) {
        success = success.withBytes(positive(bytes));
        return this;
    }

    /** Memory for NXDOMAIN, NODATA and SERVFAIL, about; 10,223,616 bytes by default. */
    public CacheBuilder denialBytes(long bytes) {
        denial = denial.withBytes(positive(bytes));
        return this;
    }

    /** How long a SERVFAIL is kept, at most five minutes; 5 s by default, 0 for not at all. */
    public CacheBuilder servfail(Duration time) {
        if (time.compareTo(MAX_SERVFAIL) > 0) {
            throw new IllegalArgumentException("servfail wants 0 s..300 s, found " + time);
        }
        servfailSeconds = seconds("servfail", time);
        return this;
    }

    /** Answers with records for names at or below these zones are not kept. */
    public CacheBuilder withoutSuccess(Name... below) {
        success = success.withDisabled(Arrays.asList(below));
        return this;
    }

    /** NXDOMAIN, NODATA and SERVFAIL for names at or below these zones are not kept. */
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

    private static int seconds(String option, Duration time) {
        long seconds = time.toSeconds();
        if (time.isNegative() || seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " wants 0 s..2147483647 s, found " + time);
        }
        return (int) seconds;
    }

    private static long positive(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a cache wants 1 byte or more, found " + bytes);
        }
        return bytes;
    }

    /** The {@code server} label of its measurements; empty by default. */
    public CacheBuilder server(String name) {
        server = name;
        return this;
    }

    /** The layer. */
    public CachingLayer build() {
        return new CachingLayer(new CacheSettings(zones, success, denial, servfailSeconds, keepTtl, server), ticker);
    }
}
