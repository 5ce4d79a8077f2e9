package dev.waypost.forwarding;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.forwarding.message.Question;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Decides what of the answers that come is kept, as what, and for how long. Safe for any number of threads. */
final class AnswerKeeper {
    private final CacheSettings settings;
    private final AnswerMemory memory;
    private final CacheMeters meters;
    private final Clock clock;

    AnswerKeeper(CacheSettings settings, AnswerMemory memory, CacheMeters meters, Clock clock) {
        this.settings = settings;
        this.memory = memory;
        this.meters = meters;
        this.clock = clock;
    }

    /** Whether a response says what is true of the name now, rather than that nobody could say (RFC 8767 section 4). */
    static boolean isAnswer(Response response) {
        return response.rcode() == Rcode.NOERROR || response.rcode() == Rcode.NXDOMAIN;
    }

    /**
     * Takes in a response that came to a question.
     *
     * @param known what was kept when the question was asked: an answer kept since then came to an equal question, and is
     *     told instead, so that of many questions on one flight only the first keeps anything
     * @return what to tell whoever asked
     */
    Response arrived(AnswerStore.Key key, Response response, @Nullable KeptAnswer known) {
        if (response.freshness().isForSome()) {
            return response; // what one client may see says nothing to others
        }
        if (!response.freshness().isUncached()) {
            if (known != null && isAnswer(response)) {
                memory.forget(key, Cacheability.SUCCESS); // somebody else answers for the name now
            }
            return response;
        }
        if (!belongs(response, key.question())) {
            meters.drop();
            return unkept(response);
        }
        Cacheability kind = Cacheability.of(response, key.question().qtype());
        return switch (kind) {
            case SUCCESS, DENIAL -> keep(key, response, kind, known);
            case FAILURE -> keepFailure(key, response, known);
            case NONE -> {
                if (isAnswer(response)) {
                    memory.forget(key, kind);
                }
                yield unkept(response);
            }
        };
    }

    /** Whether the answer is about the name that was asked for: an alias or records of its own, or a DNAME above. */
    private static boolean belongs(Response response, Question question) {
        if (response.answer().isEmpty()) {
            return true;
        }
        RecordSet first = response.answer().get(0);
        return first.owner().equals(question.qname())
                || first.type() == Type.DNAME && question.qname().subdomain(first.owner());
    }

    private Response keep(AnswerStore.Key key, Response response, Cacheability kind, @Nullable KeptAnswer known) {
        long now = clock.now();
        KeptAnswer present = memory.fresh(kind, key, now);
        if (present != null && present != known) {
            return toldFirst(present, key, response);
        }
        CacheBounds bounds = settings.bounds(kind);
        if (bounds.refuses(key.question().qname())) {
            memory.forget(key, kind);
            return unkept(response);
        }
        Response bounded = kind.withTtls(response, bounds::bounded);
        long freshNanos = TimeUnit.SECONDS.toNanos(Cacheability.leastTtl(bounded));
        if (freshNanos == 0) {
            memory.forget(key, kind);
            return unkept(bounded);
        }
        KeptAnswer kept = new KeptAnswer(kind, bounded, settings.life(now, freshNanos), popularity(known), memory);
        memory.keep(key, kept);
        return toldFirst(kept, key, response);
    }

    /** Popularity outlives the answer that is refreshed. */
    private @Nullable Popularity popularity(@Nullable KeptAnswer known) {
        if (settings.prefetch().areOff()) {
            return null;
        }
        return known == null || known.popularity() == null ? new Popularity() : known.popularity();
    }

    /** A failure is kept only where there is nothing better to tell. */
    private Response keepFailure(AnswerStore.Key key, Response response, @Nullable KeptAnswer known) {
        long now = clock.now();
        KeptAnswer present = memory.fresh(key, now);
        if (present != null && present != known) {
            return toldFirst(present, key, response);
        }
        boolean better = present != null || memory.stale(key, now) != null;
        long freshNanos = settings.failures().nanosAfter(memory.lastFailureNanos(key));
        if (better
                || freshNanos == 0
                || settings.denial().refuses(key.question().qname())) {
            return unkept(response);
        }
        KeptAnswer.Life life = KeptAnswer.Life.ofFailure(now, freshNanos);
        KeptAnswer kept = new KeptAnswer(Cacheability.FAILURE, response, life, null, memory);
        memory.keep(key, kept);
        return toldFirst(kept, key, response);
    }

    /** A kept answer as it is told to whoever waited for it: it was not the cache that answered. */
    private Response toldFirst(KeptAnswer kept, AnswerStore.Key key, Response arrived) {
        return told(kept, key.question().qname(), clock.now())
                .withAnsweredBy(arrived.answeredBy())
                .withEnvelope(arrived.envelope());
    }

    private static Response unkept(Response response) {
        return response.withFreshness(Freshness.never());
    }

    /** A kept answer as it is told now. */
    Response told(KeptAnswer kept, Name qname, long now) {
        return settings.keepTtl() ? kept.toldWithFirstTtls(qname) : kept.told(now, qname);
    }
}
