package dev.waypost.jvm;

import dev.waypost.engine.DnsEngine;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link InetAddress} of this JVM, and so everything built on it, ask an engine.
 *
 * <p>Without a line of code: {@code -Dwaypost.corefile=FILE} makes the engine at the JVM's first look-up, and the agent of
 * {@code waypost-agent} does so for a program that has nothing of Waypost on its class path. There is one resolver a JVM, so
 * this is the one place of Waypost with static state. Safe for any number of threads.
 */
public final class WaypostJvm {
    /** System property that names a Corefile; its zones answer this JVM's look-ups, and no port is opened. */
    public static final String COREFILE_PROPERTY = "waypost.corefile";

    private static final AtomicReference<@Nullable Installed> INSTALLED = new AtomicReference<>();

    private WaypostJvm() {}

    /**
     * Lets the JVM's look-ups go to an engine. Call it before the first look-up of the process: the JDK reads how long it
     * caches addresses only once, and an address it cached is not asked for again; the result tells.
     *
     * @param engine answers the names of its zones; all others stay with the JDK's built-in resolver, and so do the hosts
     *     that its own parts need ({@code Lifecycle.ownHosts}: the API server). It stays the caller's to close, after {@link
     *     #uninstall()}
     * @param builtinHosts host names that stay with the built-in resolver besides, any letter case
     * @return whether look-ups reach the engine, and if not, what to do
     */
    public static Installation install(DnsEngine engine, String... builtinHosts) {
        return install(new InstalledEngine(engine, List.of(builtinHosts)));
    }

    /**
     * Lets the JVM's look-ups go to an engine of a Corefile, with the search list of {@code /etc/resolv.conf}. It is made at
     * the first look-up, which waits until it is ready, no longer than its directives say ({@code startup_timeout}) or ten
     * seconds; until it is ready, and where the Corefile cannot be used, the built-in resolver answers, and the log tells.
     *
     * @return whether look-ups reach Waypost, and if not, what to do
     */
    public static Installation install(Path corefile) {
        return install(new LateEngine(() -> CorefileEngine.of(corefile)));
    }

    /**
     * The same for the cluster of the pod that this JVM runs in: all its services, asked for with the pod's service account.
     *
     * @throws dev.waypost.ConfigurationException outside of a pod, or where no service account is mounted into it
     */
    public static Installation installInPod() {
        Pod pod = Pod.here();
        pod.check();
        return install(new LateEngine(pod::engine));
    }

    private static Installation install(Installed next) {
        stopJdkCaching();
        replace(next);
        return check();
    }

    /** Gives all look-ups back to the JDK's built-in resolver. */
    public static void uninstall() {
        replace(null);
    }

    private static void replace(@Nullable Installed next) {
        Installed last = INSTALLED.getAndSet(next);
        if (last != null) {
            last.uninstalled();
        }
    }

    /** Whether look-ups of this JVM reach Waypost, each of them, and if not, what to do. */
    public static Installation check() {
        return SelfCheck.run();
    }

    /** The engine's answers are exact at every moment; the JDK must not keep older ones above them. */
    static void stopJdkCaching() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /** Called once, when the JDK has chosen this provider and nobody has been answered yet. */
    static void chosen() {
        stopJdkCaching();
        String corefile = System.getProperty(COREFILE_PROPERTY);
        if (corefile != null) {
            INSTALLED.compareAndSet(null, new LateEngine(() -> CorefileEngine.of(Path.of(corefile))));
        }
    }

    /**
     * The engine to ask.
     *
     * @param host what is looked up; empty for an address
     * @return null where the built-in resolver looks it up
     */
    static @Nullable DnsEngine engineFor(String host) {
        Installed installed = INSTALLED.get();
        return installed == null ? null : installed.engineFor(host);
    }
}
