package dev.waypost.forwarding;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.message.ClientSpelling;
import dev.waypost.forwarding.message.Question;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A resolver behind a cache: what is kept is told from there, and what is not, or not fresh any more, is asked for. */
final class CachedResolver implements Resolver {
    /** Queries that wait for the upstream while a stale answer is at hand, at most: who comes then is told it at once. */
    static final int MOST_WAITING = 4_096;

    private final Resolver next;
    private final int rule;
    private final CacheSettings settings;
    private final AnswerStores stores;
    private final AnswerMemory memory;
    private final AnswerKeeper keeper;
    private final Clock clock;
    private final Refreshes refreshes = new Refreshes();
    private final Semaphore places = new Semaphore(MOST_WAITING);

    CachedResolver(Resolver next, int rule, CacheSettings settings, AnswerStores stores, Clock clock) {
        this.next = next;
        this.rule = rule;
        this.settings = settings;
        this.stores = stores;
        this.memory = new AnswerMemory(stores, settings.stale());
        this.keeper = new AnswerKeeper(settings, memory, stores.meters(), clock);
        this.clock = clock;
    }

    @Override
    public Resolution resolve(Query query) {
        if (!settings.covers(query.qname()) || AliasProbe.present() != null) {
            return next.resolve(query);
        }
        stores.meters().request();
        AnswerStore.Key key = new AnswerStore.Key(rule, Question.of(query));
        long now = clock.now();
        KeptAnswer fresh = memory.fresh(key, now);
        if (fresh != null && fresh.kind() == Cacheability.SUCCESS) {
            return told(fresh, query, key, now);
        }
        KeptAnswer stale = memory.stale(key, now);
        if (stale != null && (fresh == null || isBetter(stale, fresh))) {
            return fresh == null ? renewed(stale, query, key, now) : toldStale(stale, query);
        }
        if (fresh != null) {
            return told(fresh, query, key, now);
        }
        stores.meters().miss();
        if (query.trail().isWanted()) {
            query.trail().step(CachingLayer.NAME, "nothing kept");
        }
        return ask(query, key, null);
    }

    private static void explain(Query query, KeptAnswer told, String what, long now) {
        if (query.trail().isWanted()) {
            String age = Long.toString(
                    TimeUnit.NANOSECONDS.toSeconds(now - told.life().keptNanos()));
            query.trail().step(CachingLayer.NAME, what + " of " + age + " s ago", "finding", what, "age", age);
        }
    }

    private boolean isBetter(KeptAnswer stale, KeptAnswer fresh) {
        return fresh.kind() == Cacheability.FAILURE
                || settings.stale().preferPositive() && stale.kind() == Cacheability.SUCCESS;
    }

    private Response told(KeptAnswer fresh, Query query, AnswerStore.Key key, long now) {
        stores.of(fresh.kind()).hit();
        explain(query, fresh, "answer", now);
        Popularity popularity = fresh.popularity();
        if (popularity != null) {
            popularity.asked(now, settings.prefetch().gapNanos());
            if (fresh.mayBeRenewedAt(now)
                    && popularity.questions() >= settings.prefetch().amount()) {
                renew(fresh, query, key);
            }
        }
        return keeper.told(fresh, query.qname(), now);
    }

    private Response toldStale(KeptAnswer stale, Query query) {
        stores.of(stale.kind()).hit();
        stores.meters().servedStale();
        explain(query, stale, "stale answer", clock.now());
        return stale.toldStale(query.qname(), settings.stale().ttlSeconds());
    }

    private Resolution ask(Query query, AnswerStore.Key key, @Nullable KeptAnswer known) {
        return next.resolve(query).map(response -> keeper.arrived(key, response, known));
    }

    /** Asks for a fresh answer, unless somebody does already; empty where too many are being asked for. */
    private Optional<CompletableFuture<Resolution>> renew(KeptAnswer known, Query query, AnswerStore.Key key) {
        return refreshes.join(key, () -> {
            long now = clock.now();
            KeptAnswer present = memory.fresh(key, now);
            if (present != null && present != known) {
                return keeper.told(present, query.qname(), now); // it came while this thread was on its way here
            }
            if (known == present) {
                stores.meters().prefetch();
            }
            known.retryAt(now + settings.stale().recheckNanos()); // in case that it fails
            return ask(query.withDeadline(now + Query.DEFAULT_TIMEOUT.toNanos()), key, known);
        });
    }

    private Resolution renewed(KeptAnswer stale, Query query, AnswerStore.Key key, long now) {
        Optional<CompletableFuture<Resolution>> refresh =
                stale.mayBeRenewedAt(now) ? renew(stale, query, key) : refreshes.underWay(key);
        if (refresh.isPresent() && refresh.get().isDone()) {
            return better(stale, query, key, refresh.get());
        }
        if (refresh.isEmpty() || settings.stale().policy() == StalePolicy.IMMEDIATE || !places.tryAcquire()) {
            return toldStale(stale, query);
        }
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        answer.whenComplete((told, never) -> places.release());
        refresh.get().whenComplete((resolution, fault) -> {
            if (fault != null && !stale.isStaleAt(clock.now())) {
                answer.completeExceptionally(fault);
            } else if (!answer.isDone()) {
                answer.complete(better(stale, query, key, refresh.get()));
            }
        });
        clock.after(patience(query, now), () -> {
            if (!answer.isDone() && stale.isStaleAt(clock.now())) {
                answer.complete(toldStale(stale, query));
            }
        });
        return Pending.on(answer);
    }

    /** How long a client waits for the upstream: RFC 8767 section 5, client response timer. */
    private long patience(Query query, long now) {
        long all = Math.max(0, query.deadlineNanos() - now);
        long timer = settings.stale().timerNanos();
        return timer == 0 ? all : Math.min(all, timer);
    }

    /** What the upstream said, or the stale answer where that is better. */
    private Resolution better(
            KeptAnswer stale, Query query, AnswerStore.Key key, CompletableFuture<Resolution> refresh) {
        if (refresh.isCompletedExceptionally()) {
            return toldStale(stale, query);
        }
        Resolution resolution = refresh.join();
        return resolution instanceof Response response && isWorse(response, stale, key)
                ? toldStale(stale, query)
                : resolution.map(response -> ClientSpelling.of(response, query.qname()));
    }

    private boolean isWorse(Response response, KeptAnswer stale, AnswerStore.Key key) {
        long now = clock.now();
        if (!stale.isStaleAt(now)) {
            return false; // what stood in front of it has changed, or its time is over
        }
        boolean denies = settings.stale().preferPositive()
                && memory.stale(key, now) == stale // else somebody else answers for the name now
                && stale.kind() == Cacheability.SUCCESS
                && Cacheability.of(response, key.question().qtype()) != Cacheability.SUCCESS;
        return denies || !AnswerKeeper.isAnswer(response);
    }

    /** Refreshes under way, and queries that wait for them with a stale answer at hand. */
    int underWay() {
        return refreshes.size() + MOST_WAITING - places.availablePermits();
    }

    /** A door answered a question by replaying what this cache told it: the answer is wanted, though nobody asks for it. */
    void replayed(Question question) {
        KeptAnswer kept = memory.fresh(new AnswerStore.Key(rule, question), clock.now());
        if (kept != null && kept.popularity() != null) {
            kept.popularity().asked(clock.now(), settings.prefetch().gapNanos());
        }
    }
}
