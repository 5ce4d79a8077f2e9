package dev.waypost;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A resolution that arrives later. Made only where bytes must travel; an answer from memory never needs one.
 *
 * <p>The stage completes with a {@link Response} or {@link Fallthrough}, within the query's deadline.
 * Completing it exceptionally is a programmer's error, which the engine turns into SERVFAIL.
 */
public final class Pending implements Resolution {
    private final CompletionStage<? extends Resolution> stage;

    private Pending(CompletionStage<? extends Resolution> stage) {
        this.stage = stage;
    }

    /** Wraps a stage that will hold the resolution. */
    public static Pending on(CompletionStage<? extends Resolution> stage) {
        return new Pending(stage);
    }

    @Override
    public Resolution map(UnaryOperator<Response> change) {
        return new Pending(stage.thenApply(resolution -> resolution.map(change)));
    }

    @Override
    public Resolution flatMap(Function<Response, Resolution> change) {
        return new Pending(stage.thenApply(resolution -> resolution.flatMap(change)));
    }

    @Override
    public Resolution orElse(Supplier<Resolution> next) {
        return new Pending(stage.thenApply(resolution -> resolution.orElse(next)));
    }

    @Override
    public Resolution bounded(Freshness freshness) {
        return new Pending(stage.thenApply(resolution -> resolution.bounded(freshness)));
    }

    @Override
    public Resolution restingOn(Staleness source) {
        return source.equals(Staleness.FRESH)
                ? this
                : new Pending(stage.thenApply(resolution -> resolution.restingOn(source)));
    }

    /**
     * The settled resolution, however many pending ones it passes through.
     *
     * @return a stage that completes with a {@link Response} or {@link Fallthrough}
     */
    public CompletionStage<Resolution> settled() {
        return stage.thenCompose(resolution ->
                resolution instanceof Pending later ? later.settled() : CompletableFuture.completedFuture(resolution));
    }
}
