package dev.waypost.forwarding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.waypost.Ticker;
import java.time.Duration;
import java.util.Map;
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

    private final Ticker ticker;
    private final LongAdder hits = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final Cache<Key, KeptAnswer> answers;

    AnswerStore(long bytes, Ticker ticker) {
        this.ticker = ticker;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, KeptAnswer kept) -> kept.bytes())
                .expireAfter(Expiry.<Key, KeptAnswer>writing(
                        (key, kept) -> Duration.ofNanos(kept.expiryNanos() - kept.keptNanos())))
                .ticker(ticker::nanoTime)
                .executor(Runnable::run)
                .evictionListener((key, kept, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    /** The answer to a question, if one is kept that still holds. */
    @Nullable
    KeptAnswer find(Key key) {
        KeptAnswer kept = answers.getIfPresent(key);
        if (kept == null || !kept.holdsAt(ticker.nanoTime())) {
            return null;
        }
        hit();
        return kept;
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

    /** Bytes of all entries, about; for tests, after pending work is done. */
    long bytes() {
        answers.cleanUp();
        return answers.asMap().entrySet().stream()
                .map(Map.Entry::getValue)
                .mapToLong(KeptAnswer::bytes)
                .sum();
    }

    long hits() {
        return hits.sum();
    }

    long evictions() {
        return evictions.sum();
    }
}
