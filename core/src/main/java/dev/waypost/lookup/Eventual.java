package dev.waypost.lookup;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is here or will be: one logic for the blocking form of a look-up and the other. Costs one object where the
 * value is here.
 */
final class Eventual<T> {
    private final @Nullable T value;
    private final @Nullable CompletableFuture<T> later;

    private Eventual(@Nullable T value, @Nullable CompletableFuture<T> later) {
        this.value = value;
        this.later = later;
    }

    static <T> Eventual<T> of(T value) {
        return new Eventual<>(value, null);
    }

    static <T> Eventual<T> on(CompletionStage<T> stage) {
        return new Eventual<>(null, stage.toCompletableFuture());
    }

    /** What follows from the value, now or later. */
    <R> Eventual<R> then(Function<? super T, Eventual<R>> next) {
        if (later == null) {
            return next.apply(now());
        }
        return on(later.thenCompose(arrived -> next.apply(arrived).stage()));
    }

    <R> Eventual<R> map(Function<? super T, R> change) {
        return then(arrived -> of(change.apply(arrived)));
    }

    CompletableFuture<T> stage() {
        return later == null ? CompletableFuture.completedFuture(now()) : later;
    }

    boolean isHere() {
        return later == null;
    }

    /** The value that is here. */
    T now() {
        if (value == null) {
            throw new IllegalStateException("the value is not here yet");
        }
        return value;
    }
}
