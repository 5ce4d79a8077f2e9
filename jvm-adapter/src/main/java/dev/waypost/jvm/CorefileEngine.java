package dev.waypost.jvm;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.lookup.SearchList;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The engine of a JVM that was told nothing but a Corefile. */
final class CorefileEngine {
    private static final Logger LOG = System.getLogger("dev.waypost.jvm");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private CorefileEngine() {}

    /**
     * Starts it, and does not wait: until it is ready, the built-in resolver answers.
     *
     * @return empty where the Corefile cannot be used: the fault is logged, and the JVM goes on as if it had not been named
     */
    static Optional<DnsEngine> start(Path corefile) {
        try {
            EnginePlan plan = CorefilePlanner.installed().plan(corefile);
            return Optional.of(DnsEngine.of(plan, searchList()).start());
        } catch (RuntimeException unusable) {
            LOG.log(Level.ERROR, () -> "look-ups stay with the JDK's resolver: " + unusable.getMessage(), unusable);
            return Optional.empty();
        }
    }

    /** What the host gives to every process: in a pod, the pod's own. */
    private static SearchList searchList() {
        try {
            return Files.exists(RESOLV_CONF) ? SearchList.ofResolvConf(RESOLV_CONF) : SearchList.NONE;
        } catch (ConfigurationException unusable) {
            LOG.log(Level.WARNING, () -> "no search list: " + unusable.getMessage());
            return SearchList.NONE;
        }
    }
}
