package dev.waypost.forwarding;

import org.jspecify.annotations.Nullable;

/** What one plan may tell of what a cache remembers. */
final class AnswerMemory {
    private final AnswerStores stores;
    private final StaleRules rules;

    AnswerMemory(AnswerStores stores, StaleRules rules) {
        this.stores = stores;
        this.rules = rules;
    }

    /** What is known of a question and still holds: records, a denial or a failure. */
    @Nullable
    KeptAnswer fresh(AnswerStore.Key key, long now) {
        KeptAnswer success = fresh(Cacheability.SUCCESS, key, now);
        return success != null ? success : fresh(Cacheability.DENIAL, key, now);
    }

    /** The same, of what is kept together with one kind. */
    @Nullable
    KeptAnswer fresh(Cacheability kind, AnswerStore.Key key, long now) {
        KeptAnswer kept = stores.of(kind).find(key, this);
        return kept != null && kept.isFreshAt(now) ? kept : null;
    }

    /** What was known of a question until not too long ago: records or a denial. */
    @Nullable
    KeptAnswer stale(AnswerStore.Key key, long now) {
        if (rules.areOff()) {
            return null;
        }
        KeptAnswer success = stores.successes().find(key, this);
        if (success != null && success.isStaleAt(now)) {
            return success;
        }
        KeptAnswer denial = stores.denials().find(key, this);
        return denial != null && denial.isStaleAt(now) ? denial : null;
    }

    /** For how long the last failure was kept, as long as it is remembered; 0 where the question did not fail lately. */
    long lastFailureNanos(AnswerStore.Key key) {
        KeptAnswer failure = stores.denials().find(key, this);
        return failure == null || failure.kind() != Cacheability.FAILURE
                ? 0
                : failure.life().freshNanos();
    }

    /** Keeps an answer in place of what was known before; at no time nothing is known. */
    void keep(AnswerStore.Key key, KeptAnswer answer) {
        stores.of(answer.kind()).keep(key, answer);
        if (answer.kind() == Cacheability.SUCCESS) {
            stores.denials().drop(key);
        } else {
            dropSuccess(key);
        }
    }

    /** Forgets what was known: an answer of some kind came that is not kept. */
    void forget(AnswerStore.Key key, Cacheability kind) {
        stores.denials().drop(key);
        if (kind == Cacheability.SUCCESS) {
            stores.successes().drop(key);
        } else {
            dropSuccess(key);
        }
    }

    /** Something else than records came: those known are over, unless they are preferred to the end of their time. */
    private void dropSuccess(AnswerStore.Key key) {
        if (!rules.preferPositive()) {
            stores.successes().drop(key);
        }
    }
}
