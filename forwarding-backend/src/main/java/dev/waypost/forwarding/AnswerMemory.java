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
        KeptAnswer success = stores.successes().find(key, this);
        if (success != null && success.isFreshAt(now)) {
            return success;
        }
        KeptAnswer denial = stores.denials().find(key, this);
        return denial != null && denial.isFreshAt(now) ? denial : null;
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

    /** Keeps an answer in place of what was known before. */
    void keep(AnswerStore.Key key, KeptAnswer answer) {
        forget(key, answer.kind());
        stores.of(answer.kind()).keep(key, answer);
    }

    /** Forgets what was known, as it is not so any more: a new answer of a kind that is not kept came. */
    void forget(AnswerStore.Key key, Cacheability kind) {
        stores.denials().drop(key);
        if (kind == Cacheability.SUCCESS || !rules.preferPositive()) {
            stores.successes().drop(key);
        }
    }
}
