package dev.waypost.forwarding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.waypost.forwarding.message.Question;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One half of a cache: answers by question, bounded in bytes. Caffeine admits by frequency, so a flood of random names does
 * not push out what is asked again and again. It works on the callers' threads and has none of its own.
 */
final class AnswerStore {
    /**
     * What an answer is found by.
     *
     * @param rule which resolver underneath gave it: the answer of one says nothing for another (CVE-2021-25220)
     */
    record Key(int rule, Question question) {}

    private final LongAdder hits = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final Cache<Key, KeptAnswer> answers;

    AnswerStore(long bytes, Clock clock) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(HeapCost::of)
                .expireAfter(new UntilGone())
                .ticker(clock::now)
                .executor(Runnable::run)
                .evictionListener((key, kept, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    /** An answer lives until it may not be told even as a stale one. */
    private static final class UntilGone implements Expiry<Key, KeptAnswer> {
        @Override
        public long expireAfterCreate(Key key, KeptAnswer kept, long now) {
            return kept.life().goneNanos() - kept.life().keptNanos();
        }

        @Override
        public long expireAfterUpdate(Key key, KeptAnswer kept, long now, long left) {
            return expireAfterCreate(key, kept, now);
        }

        @Override
        public long expireAfterRead(Key key, KeptAnswer kept, long now, long left) {
            return left;
        }
    }

    /** The answer to a question, fresh or stale, that a plan may tell. */
    @Nullable
    KeptAnswer find(Key key, Object plan) {
        KeptAnswer kept = answers.getIfPresent(key);
        return kept != null && kept.belongsTo(plan) ? kept : null;
    }

    /** Counts an answer given from here. */
    void hit() {
        hits.increment();
    }

    void keep(Key key, KeptAnswer answer) {
        answers.put(key, answer);
    }

    void drop(Key key) {
        answers.invalidate(key);
    }

    /** Entries, about. */
    long size() {
        return answers.estimatedSize();
    }

    /** Bytes of all entries. */
    long bytes() {
        answers.cleanUp();
        return answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    long hits() {
        return hits.sum();
    }

    long evictions() {
        return evictions.sum();
    }
}
