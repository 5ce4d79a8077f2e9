package dev.waypost.jvm;

import dev.waypost.engine.DnsEngine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link InetAddress} of this JVM, and so everything built on it, ask an engine.
 *
 * <p>There is one resolver a JVM, so this is the one place of Waypost with static state. Safe for any number of threads.
 */
public final class WaypostJvm {
    private static final AtomicReference<@Nullable DnsEngine> ENGINE = new AtomicReference<>();
    private static volatile boolean chosen;
    private static volatile Set<String> builtin = Set.of("localhost");

    private WaypostJvm() {}

    /**
     * Lets the JVM's look-ups go to an engine. Call it before the first look-up of the process: the JDK reads how long it
     * caches addresses only once, and an address it cached is not asked for again.
     *
     * @param engine answers the names of its zones; all others stay with the JDK's built-in resolver. It stays the
     *     caller's to close, after {@link #uninstall()}
     * @param builtinHosts host names that stay with the built-in resolver whatever the engine holds: the API server's own
     *     name, which the engine needs to be found itself
     * @return whether look-ups reach the engine, and if not, what to do
     */
    public static Installation install(DnsEngine engine, String... builtinHosts) {
        stopJdkCaching();
        Set<String> hosts = new HashSet<>(Set.of("localhost"));
        for (String host : builtinHosts) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        builtin = Set.copyOf(hosts);
        ENGINE.set(engine);
        return check();
    }

    /** Gives all look-ups back to the JDK's built-in resolver. */
    public static void uninstall() {
        ENGINE.set(null);
    }

    /** Whether look-ups of this JVM reach the installed engine, and if not, what to do. */
    public static Installation check() {
        try {
            // The JDK chooses its provider, once, at the first look-up of a name; a literal would not ask it.
            InetAddress.getByName("localhost");
        } catch (UnknownHostException withoutLocalhost) {
            // The choice was made all the same.
        }
        if (!chosen) {
            return new Installation(
                    false,
                    "the JDK chose another InetAddressResolverProvider: put waypost-jvm before it on the class path"
                            + " (dnsjava has one too)");
        }
        return new Installation(true, "");
    }

    /** The engine's answers are exact at every moment; the JDK must not keep older ones above them. */
    static void stopJdkCaching() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    static void providerChosen() {
        chosen = true;
    }

    static boolean isBuiltin(String host) {
        return builtin.contains(host.toLowerCase(Locale.ROOT));
    }

    static @Nullable DnsEngine engine() {
        return ENGINE.get();
    }
}
