package dev.waypost.forwarding;

import dev.waypost.Envelope;
import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Staleness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** An answer in the cache: fresh until it expires, then stale until it goes. Safe for any number of threads. */
final class KeptAnswer {
    /**
     * Its times, all of {@link dev.waypost.Ticker}.
     *
     * @param keptNanos when it came
     * @param renewNanos from when on it is worth refreshing in advance; the expiry where that is not wanted
     * @param expiryNanos when its least TTL is over
     * @param goneNanos when it may not even be told as stale
     */
    record Life(long keptNanos, long renewNanos, long expiryNanos, long goneNanos) {
        /** A failure's: it is remembered for as long again as it is told, so that the next one can last longer. */
        static Life ofFailure(long now, long freshNanos) {
            return new Life(now, now + freshNanos, now + freshNanos, now + 2 * freshNanos);
        }

        long freshNanos() {
            return expiryNanos - keptNanos;
        }
    }

    private final Cacheability kind;
    private final Response response;
    private final Freshness beneath;
    private final Life life;
    private final @Nullable Popularity popularity;
    private final @Nullable Object plan;
    private volatile long retryNanos;

    /**
     * @param response what came, TTLs within the cache's bounds, uncached
     * @param popularity how much it is asked for; null where nobody wants to know
     * @param plan who keeps it, and alone may tell it where it depends on more than time: of a broken witness nobody
     *     learns but the plan it came from
     */
    KeptAnswer(Cacheability kind, Response response, Life life, @Nullable Popularity popularity, Object plan) {
        this.kind = kind;
        this.response = unlabelled(response).withAnsweredBy(CachingLayer.NAME);
        this.beneath = response.freshness();
        this.life = life;
        this.popularity = popularity;
        this.plan = beneath == Freshness.uncached() ? null : plan;
        this.retryNanos = life.renewNanos();
    }

    /** Without what was told about whoever answered then. */
    private static Response unlabelled(Response response) {
        Envelope envelope = response.envelope();
        return envelope.labels().isEmpty() ? response : response.withEnvelope(envelope.withLabels(Map.of()));
    }

    Cacheability kind() {
        return kind;
    }

    Response response() {
        return response;
    }

    Life life() {
        return life;
    }

    @Nullable
    Popularity popularity() {
        return popularity;
    }

    boolean belongsTo(Object asking) {
        return plan == null || plan == asking;
    }

    /** Whether it may be said as it is: in time, and no alias or missing name in front of it has changed. */
    boolean isFreshAt(long now) {
        return now - life.expiryNanos() < 0 && holds(now);
    }

    /** Whether it is over its time, and may still be said where nothing better is to be had (RFC 8767 section 4). */
    boolean isStaleAt(long now) {
        return kind != Cacheability.FAILURE
                && now - life.expiryNanos() >= 0
                && now - life.goneNanos() < 0
                && holds(now);
    }

    private boolean holds(long now) {
        return beneath == Freshness.uncached()
                || beneath.keptUntil(life.goneNanos()).holdsAt(now);
    }

    /** Whether it is time to ask for a fresh one. */
    boolean mayBeRenewedAt(long now) {
        return now - retryNanos >= 0;
    }

    /** Asking for a fresh one failed: nobody tries again before this time (RFC 8767 section 5, failure recheck timer). */
    void retryAt(long nanoTime) {
        retryNanos = nanoTime;
    }

    /**
     * The response as it is to be told now: TTLs count down (RFC 1035 section 3.2.1). It may be replayed until it expires,
     * or until it is worth refreshing in advance: from then on the cache wants to see every question.
     */
    Response told(long now, Name qname) {
        int age = (int) TimeUnit.NANOSECONDS.toSeconds(now - life.keptNanos());
        return spoken(qname, set -> Math.max(0, set.ttlSeconds() - age))
                .withFreshness(now - life.renewNanos() < 0 ? beneath.keptUntil(life.renewNanos()) : Freshness.never());
    }

    /** The response with the TTLs it came with; only the cache itself may repeat it, as an image would count down. */
    Response toldWithFirstTtls(Name qname) {
        return spoken(qname, RecordSet::ttlSeconds).withFreshness(Freshness.never());
    }

    /** The response as it is told when it is stale: one short TTL, and it says that it is old (RFC 8914 section 4.4). */
    Response toldStale(Name qname, int ttlSeconds) {
        int infoCode = response.rcode() == Rcode.NXDOMAIN ? ExtendedError.STALE_NXDOMAIN : ExtendedError.STALE_ANSWER;
        return spoken(qname, set -> ttlSeconds)
                .withFreshness(Freshness.never())
                .withStaleness(response.staleness().and(Staleness.since(life.keptNanos())))
                .withExtendedError(new ExtendedError(infoCode, ""));
    }

    /** For one client: in its spelling (RFC 1035 section 2.3.3), and in sets of its own, whose records it may ask for. */
    private Response spoken(Name qname, ToIntFunction<RecordSet> ttlSeconds) {
        return response.withSections(
                spoken(response.answer(), qname, ttlSeconds),
                spoken(response.authority(), qname, ttlSeconds),
                spoken(response.additional(), qname, ttlSeconds));
    }

    private static List<RecordSet> spoken(List<RecordSet> sets, Name qname, ToIntFunction<RecordSet> ttlSeconds) {
        RecordSet[] spoken = new RecordSet[sets.size()];
        for (int i = 0; i < spoken.length; i++) {
            RecordSet set = sets.get(i);
            Name owner = set.owner().equals(qname) ? qname : set.owner();
            spoken[i] = set.withTtl(ttlSeconds.applyAsInt(set)).withOwner(owner);
        }
        return List.of(spoken);
    }
}
