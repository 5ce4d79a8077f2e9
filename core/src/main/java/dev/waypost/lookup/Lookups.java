package dev.waypost.lookup;

import dev.waypost.Freshness;
import dev.waypost.Resolver;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.jfr.LookupEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Answers questions: completes names by the search list, asks, joins what belongs together, and remembers the outcome for
 * as long as it is true.
 *
 * <p>Safe for any number of threads. An outcome that is remembered costs a comparison and allocates nothing.
 */
public final class Lookups {
    private final Names names;
    private final Asking asking;
    private final Ticker ticker;
    private volatile Remembered<Question<?>, Answered<?>> remembered;
    private final int slots;

    /**
     * Look-ups through a resolver.
     *
     * @param resolver never falls through
     * @param zones which names the resolver holds, and which it can only ask others for
     * @param slots how many outcomes are remembered, rounded up to a power of two; 0 for none
     */
    public Lookups(Resolver resolver, ZoneView zones, SearchList search, Ticker ticker, int slots) {
        this.names = new Names(search, zones);
        this.asking = new Asking(resolver, ticker);
        this.ticker = ticker;
        this.slots = slots;
        this.remembered = new Remembered<>(slots);
    }

    /** Forgets every outcome: the resolver says something else from now on. Call it after it does. */
    public void forget() {
        remembered = new Remembered<>(slots);
    }

    /** Answers a question; waits for an upstream where one must be asked, as long as the question allows. */
    public <T> Lookup<T> lookup(Question<T> question) {
        LookupEvent event = new LookupEvent();
        Answered<T> known = remembered(question);
        Answered<T> answered = known != null ? known : awaited(question, answer(question));
        Lookup<T> lookup = bounded(question, answered).lookup();
        if (event.shouldCommit()) {
            event.end(question.toString(), lookup.toString(), known != null);
        }
        return lookup;
    }

    /** Answers a question; never waits. What is in memory is there at once. */
    public <T> CompletableFuture<Lookup<T>> lookupLater(Question<T> question) {
        return answer(question)
                .map(answered -> bounded(question, answered).lookup())
                .stage();
    }

    /** The outcome with its freshness, whatever its age. */
    <T> Eventual<Answered<T>> answer(Question<T> question) {
        Remembered<Question<?>, Answered<?>> table =
                remembered; // before asking: what an old plan says must not be remembered in the new one's
        long now = ticker.nanoTime();
        Answered<T> known = known(table, question);
        if (known != null && known.freshness().holdsAt(now)) {
            return Eventual.of(known);
        }
        T literal = question.form().literal(question.text());
        if (literal != null) {
            Lookup<T> found = new Lookup.Found<>(literal, Names.ofLiteral(question.text()), Staleness.FRESH);
            return Eventual.of(remember(table, question, new Answered<>(found, Freshness.always())));
        }
        List<Name> asked = names.of(question.text());
        Form.Surroundings surroundings = new Form.Surroundings(asking, names.zones(), now);
        Eventual<Answered<T>> answer = question.form().answer(question, asked, surroundings);
        boolean counted = asked.stream().anyMatch(names.zones()::isObserved);
        return counted ? answer : answer.map(answered -> remember(table, question, answered));
    }

    /** What is remembered of an equal question: its form is equal, so its answer holds the same type. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable Answered<T> known(Remembered<Question<?>, Answered<?>> table, Question<T> question) {
        return (Answered<T>) table.find(question);
    }

    private <T> Answered<T> remember(
            Remembered<Question<?>, Answered<?>> table, Question<T> question, Answered<T> answered) {
        if (answered.freshness().holdsAt(ticker.nanoTime())) {
            table.keep(question, answered);
        }
        return answered;
    }

    /** The outcome for a caller that takes no answer from a source out of touch for too long. */
    <T> Answered<T> bounded(Question<T> question, Answered<T> answered) {
        if (question.mostStale().isEmpty() || !(answered.lookup() instanceof Lookup.Found<T> found)) {
            return answered;
        }
        Duration age = found.staleness().age(ticker.nanoTime());
        return age.compareTo(question.mostStale().get()) <= 0
                ? answered
                : new Answered<>(new Lookup.TooStale<>(found.name(), found.staleness()), answered.freshness());
    }

    /** What was answered before and holds still. */
    private <T> @Nullable Answered<T> remembered(Question<T> question) {
        Answered<T> known = known(remembered, question);
        return known != null && known.freshness().holdsAt(ticker.nanoTime()) ? known : null;
    }

    private static <T> Answered<T> awaited(Question<T> question, Eventual<Answered<T>> eventual) {
        if (eventual.isHere()) {
            return eventual.now();
        }
        try {
            return eventual.stage().get(); // every question to a resolver ends with its patience
        } catch (ExecutionException failure) {
            return failed(question, String.valueOf(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(question, "interrupted");
        }
    }

    private static <T> Answered<T> failed(Question<T> question, String reason) {
        Name name = Names.ofLiteral(question.text());
        return new Answered<>(new Lookup.Failed<>(name, Rcode.SERVFAIL, reason), Freshness.never());
    }
}
