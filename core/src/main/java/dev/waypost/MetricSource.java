package dev.waypost;

import java.util.function.Consumer;

/** A part that can tell its measurements when it is asked; asking must not block. */
@FunctionalInterface
public interface MetricSource {
    /** Gives every present value to the sink. */
    void collect(Consumer<Metric> sink);
}
