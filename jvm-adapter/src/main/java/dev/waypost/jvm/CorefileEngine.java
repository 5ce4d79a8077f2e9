package dev.waypost.jvm;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.SearchList;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine of a JVM that was told nothing but a Corefile. */
final class CorefileEngine {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private CorefileEngine() {}

    /**
     * Makes it, and does not start it.
     *
     * @throws ConfigurationException where the Corefile cannot be used, with the place
     */
    static DnsEngine of(Path corefile) {
        return DnsEngine.of(CorefilePlanner.installed().plan(corefile), searchList());
    }

    /** What the host gives to every process: in a pod, the pod's own. */
    private static SearchList searchList() {
        try {
            return Files.exists(RESOLV_CONF) ? SearchList.ofResolvConf(RESOLV_CONF) : SearchList.NONE;
        } catch (ConfigurationException unusable) {
            System.getLogger("dev.waypost.jvm").log(Level.WARNING, () -> "no search list: " + unusable.getMessage());
            return SearchList.NONE;
        }
    }
}
