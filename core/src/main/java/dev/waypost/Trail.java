package dev.waypost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * The steps by which an answer comes about, for somebody who wants to know. Every other query carries {@link #NONE}, and
 * whoever has a step to tell asks {@link #isWanted} first: not wanting to know costs a comparison.
 *
 * <p>Safe for any number of threads: an upstream's answer adds its step where it arrives.
 */
public final class Trail {
    /** Wants no steps. */
    public static final Trail NONE = new Trail(null);

    /** Steps kept, at most: an explanation is for a person to read. */
    private static final int MOST_STEPS = 256;

    private final @Nullable Ticker ticker;
    private final long beganNanos;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable Resolution last;

    private Trail(@Nullable Ticker ticker) {
        this.ticker = ticker;
        this.beganNanos = ticker == null ? 0 : ticker.nanoTime();
    }

    /** A trail that wants every step, its times counted from now. */
    public static Trail begin(Ticker ticker) {
        return new Trail(ticker);
    }

    /** Whether anybody wants to know. */
    public boolean isWanted() {
        return ticker != null;
    }

    /**
     * Adds a step.
     *
     * @param part who tells: a directive's or a backend's name, {@code zone}, {@code source}
     * @param what what it did, for a person to read
     * @param details names and values in turn, for a program to read
     */
    public void step(String part, String what, String... details) {
        if (ticker == null) {
            return;
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i + 1 < details.length; i += 2) {
            named.put(details[i], details[i + 1]);
        }
        add(new Step(part, what, named, Duration.ofNanos(ticker.nanoTime() - beganNanos)));
    }

    private synchronized void add(Step step) {
        if (steps.size() < MOST_STEPS) {
            steps.add(step);
        }
    }

    /** The steps so far, in the order they were made. */
    public synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /**
     * A resolver whose outcomes are steps of the queries that want them. An outcome that it only hands on is no step.
     *
     * @param part its name
     */
    public static Resolver through(String part, Resolver resolver) {
        return query -> {
            Resolution resolution = resolver.resolve(query);
            return query.trail() == NONE ? resolution : query.trail().seen(part, resolution);
        };
    }

    private Resolution seen(String part, Resolution resolution) {
        if (resolution instanceof Pending pending) {
            return Pending.on(pending.settled().thenApply(settled -> seen(part, settled)));
        }
        synchronized (this) {
            if (resolution == last) {
                return resolution;
            }
            last = resolution;
        }
        if (resolution instanceof Response response) {
            step(part, outcome(response), "rcode", Rcode.string(response.rcode()));
        } else {
            step(part, "not mine: the next one is asked");
        }
        return resolution;
    }

    private static String outcome(Response response) {
        int records = response.answer().stream().mapToInt(RecordSet::size).sum();
        String what = Rcode.string(response.rcode()) + ", " + records + (records == 1 ? " record" : " records");
        return response.extendedErrors().stream()
                .map(error -> "; " + error.infoCode() + " " + error.text())
                .reduce(what, String::concat);
    }

    /**
     * One step.
     *
     * @param part who tells
     * @param what what it did, for a person to read
     * @param details the same for a program to read: {@code zone}, {@code finding}, {@code upstream}, {@code rcode}...
     * @param at when, from the beginning
     */
    public record Step(String part, String what, Map<String, String> details, Duration at) {
        public Step {
            details = Map.copyOf(details);
        }
    }
}
