package dev.waypost.jvm;

import dev.waypost.engine.DnsEngine;
import org.jspecify.annotations.Nullable;

/** What the JVM's look-ups go to: an engine, or one that is made when it is needed. Safe for any number of threads. */
sealed interface Installed permits InstalledEngine, LateEngine {
    /**
     * The engine to ask.
     *
     * @param host what is looked up; empty for an address
     * @return null where the built-in resolver looks it up
     */
    @Nullable
    DnsEngine engineFor(String host);

    /** Look-ups do not come here any more. */
    void uninstalled();
}
