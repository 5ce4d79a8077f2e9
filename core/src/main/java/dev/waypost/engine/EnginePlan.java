package dev.waypost.engine;

import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.lookup.EndpointSource;
import dev.waypost.zone.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * What an engine is made of: immutable, opened by nothing, and the only thing that the Java builder and a Corefile make.
 *
 * <p>A plan is run by one engine, once.
 */
public final class EnginePlan {
    private final List<ZonePlan> zones;
    private final List<Lifecycle> lifecycles;
    private final List<PeriodicTask> tasks;
    private final List<MetricSource> metrics;
    private final List<Object> attachments;
    private final List<EndpointSource> endpointSources;
    private final Duration startupTimeout;
    private final EngineLoop loop;

    private EnginePlan(Builder builder) {
        this.zones = List.copyOf(builder.zones);
        this.lifecycles = List.copyOf(builder.lifecycles);
        this.tasks = List.copyOf(builder.tasks);
        this.metrics = List.copyOf(builder.metrics);
        this.attachments = List.copyOf(builder.attachments);
        this.endpointSources = List.copyOf(builder.endpointSources);
        this.startupTimeout = builder.startupTimeout;
        this.loop = builder.loop;
    }

    /** An empty plan to add to. */
    public static Builder builder() {
        return new Builder();
    }

    /** The zones, in the order they were added. */
    public List<ZonePlan> zones() {
        return zones;
    }

    /** Where the plan wants to be listened for, each once, in the order they were added. */
    public List<ListenPoint> listenPoints() {
        return zones.stream()
                .flatMap(zone -> zone.listen().stream())
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /** The parts that live with the plan. */
    public List<Lifecycle> lifecycles() {
        return lifecycles;
    }

    /** The work repeated while the plan runs. */
    public List<PeriodicTask> tasks() {
        return tasks;
    }

    /** The plan's measurements. */
    public List<MetricSource> metrics() {
        return metrics;
    }

    /** Who knows more of services than their records. */
    public List<EndpointSource> endpointSources() {
        return endpointSources;
    }

    /** What only the host understands: the attachments of one type, in the order they were added. */
    public <T> List<T> attachments(Class<T> type) {
        return attachments.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toUnmodifiableList());
    }

    /** How long a host waits for the plan's parts to become ready before it lets the plan answer anyway. */
    public Duration startupTimeout() {
        return startupTimeout;
    }

    EngineLoop loop() {
        return loop;
    }

    /** Collects a plan; for one thread. */
    public static final class Builder {
        private final List<ZonePlan> zones = new ArrayList<>();
        private final List<Lifecycle> lifecycles = new ArrayList<>();
        private final List<PeriodicTask> tasks = new ArrayList<>();
        private final List<MetricSource> metrics = new ArrayList<>();
        private final List<Object> attachments = new ArrayList<>();
        private final List<EndpointSource> endpointSources = new ArrayList<>();
        private final EngineLoop loop = new EngineLoop();
        private Duration startupTimeout = Duration.ZERO;

        private Builder() {}

        /** The whole engine, usable once the plan runs: alias targets outside a zone are asked here. */
        public Resolver engine() {
            return loop;
        }

        /** Adds a zone. */
        public Builder zone(ZonePlan zone) {
            zones.add(zone);
            return this;
        }

        /** Adds a zone that every door serves. */
        public Builder zone(Name origin, Resolver resolver, QueryObserver... observers) {
            return zone(new ZonePlan(origin, List.of(), resolver, List.of(observers)));
        }

        /** Adds a part that is started and closed with the plan. */
        public Builder lifecycle(Lifecycle part) {
            lifecycles.add(part);
            return this;
        }

        /** Adds work to repeat. */
        public Builder every(PeriodicTask task) {
            tasks.add(task);
            return this;
        }

        /** Adds measurements; an object added twice, by two server blocks that share it, is measured once. */
        public Builder metrics(MetricSource source) {
            if (metrics.stream().noneMatch(known -> known == source)) {
                metrics.add(source);
            }
            return this;
        }

        /** Adds those of the zones that know endpoints too: look-ups in this JVM ask them. */
        public Builder endpoints(List<RecordSource> zones) {
            zones.stream()
                    .filter(EndpointSource.class::isInstance)
                    .map(EndpointSource.class::cast)
                    .forEach(endpointSources::add);
            return this;
        }

        /** Adds something that only the host understands. */
        public Builder attach(Object attachment) {
            attachments.add(attachment);
            return this;
        }

        /** Waits at least so long for readiness; nothing is waited for unless told, and of several the longest counts. */
        public Builder startupTimeout(Duration time) {
            startupTimeout = time.compareTo(startupTimeout) > 0 ? time : startupTimeout;
            return this;
        }

        /** The plan. */
        public EnginePlan build() {
            return new EnginePlan(this);
        }
    }
}
