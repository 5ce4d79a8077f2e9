package dev.waypost.socket;

import dev.waypost.Metric;
import dev.waypost.Readiness;
import java.util.Map;
import java.util.function.Consumer;

/** What an HTTP endpoint may see of its server. */
interface Served {
    /** Every part's readiness by its name. */
    Map<String, Readiness> readiness();

    /** Whether the server has begun to stop. */
    boolean isStopping();

    /** Gives every measurement of the server and its engine. */
    void collect(Consumer<Metric> sink);
}
