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
    private final Ticker ticker;
    private final LongAdder hits = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final Cache<Question, KeptAnswer> answers;

    AnswerStore(long bytes, Ticker ticker) {
        this.ticker = ticker;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Question question, KeptAnswer kept) -> kept.bytes())
                .expireAfter(Expiry.<Question, KeptAnswer>writing(
                        (question, kept) -> Duration.ofNanos(kept.expiryNanos() - kept.keptNanos())))
                .ticker(ticker::nanoTime)
                .executor(Runnable::run)
                .evictionListener((question, kept, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    /** The answer to a question, if one is kept that still holds. */
    @Nullable
    KeptAnswer find(Question question) {
        KeptAnswer kept = answers.getIfPresent(question);
        if (kept == null || !kept.holdsAt(ticker.nanoTime())) {
            return null;
        }
        hits.increment();
        return kept;
    }

    void keep(Question question, KeptAnswer answer) {
        answers.put(question, answer);
    }

    void drop(Question question) {
        answers.invalidate(question);
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
