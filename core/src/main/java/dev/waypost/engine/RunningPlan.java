package dev.waypost.engine;

import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A plan with its parts: started once, closed once, always in this order. */
final class RunningPlan {
    private static final Logger LOG = System.getLogger("dev.waypost.engine");

    private final EnginePlan plan;
    private final MemoryDoor memory;
    private final Map<String, DoorRoutes> doors = new ConcurrentHashMap<>();
    private final Deque<Lifecycle> started = new ArrayDeque<>();
    private final List<ScheduledFuture<?>> repeated = new ArrayList<>();

    RunningPlan(EnginePlan plan, Ticker ticker) {
        this.plan = plan;
        DoorRoutes everything = DoorRoutes.of(Query.MEMORY, plan.zones());
        this.memory = new MemoryDoor(everything, ticker);
        // An alias leads on behind the door that the query came through: one listener's zones are no other's to tell.
        plan.loop()
                .leadTo(query -> doors.getOrDefault(query.server(), everything)
                        .route(query)
                        .resolve(query));
        plan.listenPoints().forEach(this::listening);
    }

    EnginePlan plan() {
        return plan;
    }

    /** The door for calls of this JVM: every zone. */
    MemoryDoor memory() {
        return memory;
    }

    /** The door of a listener: its zones, and those that belong to every door. */
    DoorRoutes listening(ListenPoint point) {
        return doors.computeIfAbsent(point.toString(), server -> {
            List<ZonePlan> zones = plan.zones().stream()
                    .filter(zone -> zone.listen().isEmpty() || zone.listen().contains(point))
                    .toList();
            return DoorRoutes.of(server, zones);
        });
    }

    /** Whether a listener there has anything to serve. */
    boolean serves(ListenPoint point) {
        return plan.zones().stream()
                .anyMatch(zone -> zone.listen().isEmpty() || zone.listen().contains(point));
    }

    /** Starts every part; when one throws, those already started are closed again. */
    synchronized void start(ScheduledExecutorService timer) {
        try {
            for (Lifecycle part : plan.lifecycles()) {
                part.start();
                started.push(part);
            }
            for (PeriodicTask task : plan.tasks()) {
                long interval = task.interval().toNanos();
                repeated.add(
                        timer.scheduleWithFixedDelay(new Repetition(task), interval, interval, TimeUnit.NANOSECONDS));
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    Map<String, Readiness> readiness() {
        Map<String, Readiness> readiness = new LinkedHashMap<>();
        for (Lifecycle part : plan.lifecycles()) {
            // Two parts of one name are ready when both are.
            readiness.merge(part.name(), part.readiness(), (one, other) -> one.ready() ? other : one);
        }
        return readiness;
    }

    /** Closes what was started, the last first. */
    synchronized void close() {
        repeated.forEach(task -> task.cancel(false));
        repeated.clear();
        while (!started.isEmpty()) {
            Lifecycle part = started.pop();
            try {
                part.close();
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, () -> part.name() + " did not close cleanly: " + failure, failure);
            }
        }
    }
}
