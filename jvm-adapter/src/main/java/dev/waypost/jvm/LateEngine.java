package dev.waypost.jvm;

import dev.waypost.Readiness;
import dev.waypost.engine.DnsEngine;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a program that does not know of it: made when the first name is looked up, so that a program that looks up
 * none pays nothing, and on a thread of its own, so that nothing of the program's - its context class loader, its locks - is
 * held meanwhile.
 *
 * <p>Look-ups wait for it, all of them together no longer than its configuration says (the plan's startup timeout), and
 * never longer than {@link #LONGEST_WAIT}; what comes later goes to the built-in resolver until it is ready. Where it cannot
 * be made, that is logged, and the built-in resolver goes on alone.
 */
final class LateEngine implements Installed {
    /** Also where making it hangs: a credential plugin of a kubeconfig may. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Supplier<DnsEngine> made;
    private final Thread starter;
    private final CountDownLatch settling = new CountDownLatch(1);
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private volatile boolean settled;
    private volatile boolean unwanted;
    private boolean begun;
    private long beganNanos;

    /**
     * An engine to come.
     *
     * @param made gives it, not started; what it throws is logged
     */
    LateEngine(Supplier<DnsEngine> made) {
        this.made = made;
        this.starter = new Thread(this::settle, "waypost-start");
        starter.setDaemon(true);
        starter.setContextClassLoader(LateEngine.class.getClassLoader()); // where the directives are
    }

    private record Running(DnsEngine engine, InstalledEngine door) {}

    @Override
    public @Nullable DnsEngine engineFor(String host) {
        if (!settled) {
            if (host.equalsIgnoreCase(InstalledEngine.LOCALHOST) || Thread.currentThread() == starter) {
                return null;
            }
            long left = begin() + LONGEST_WAIT.toNanos() - System.nanoTime();
            Running coming = running.get();
            if (coming == null || !coming.door.leaves(host)) { // the engine must not wait for itself
                await(left);
            }
        }
        Running here = running.get();
        return here == null ? null : here.door.engineFor(host);
    }

    private synchronized long begin() {
        if (!begun) {
            begun = true;
            beganNanos = System.nanoTime();
            starter.start();
        }
        return beganNanos;
    }

    private void await(long nanos) {
        try {
            boolean unused = settling.await(nanos, TimeUnit.NANOSECONDS); // the engine itself says whether it is ready
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle() {
        try {
            DnsEngine engine = made.get();
            running.set(new Running(engine, new InstalledEngine(engine, List.of()))); // before its parts look up hosts
            engine.start();
            if (!engine.awaitReady(engine.plan().startupTimeout())) {
                logUnready(engine.readiness());
            }
        } catch (RuntimeException | Error unusable) {
            close();
            if (!unwanted) { // else it could not start because it is closed already
                log(Level.ERROR, "look-ups stay with the JDK's resolver: " + unusable.getMessage(), unusable);
            }
        } finally {
            if (unwanted) { // before anybody goes on with it
                close();
            }
            settled = true;
            settling.countDown();
        }
    }

    private static void logUnready(Map<String, Readiness> parts) {
        String reasons = parts.entrySet().stream()
                .filter(part -> !part.getValue().ready())
                .map(part -> part.getKey() + ": " + part.getValue().reason())
                .collect(Collectors.joining("; "));
        log(Level.WARNING, "until they are ready, look-ups stay with the JDK's resolver: " + reasons, null);
    }

    /** The logger is asked for no sooner than it is needed, as that may start the program's own logging. */
    private static void log(Level level, String text, @Nullable Throwable thrown) {
        System.getLogger("dev.waypost.jvm").log(level, text, thrown);
    }

    private void close() {
        Running last = running.getAndSet(null);
        if (last != null) {
            last.engine.close();
        }
    }

    @Override
    public void uninstalled() {
        unwanted = true;
        close();
    }
}
