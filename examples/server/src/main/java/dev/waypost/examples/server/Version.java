package dev.waypost.examples.server;

import java.util.Locale;

/** What is running. */
final class Version {
    private Version() {}

    /** Two lines, as CoreDNS prints them: the program, then the platform. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion(); // of the jar's manifest
        return "Waypost-" + (version == null ? "unpackaged" : version) + System.lineSeparator()
                + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "/" + System.getProperty("os.arch")
                + ", java " + System.getProperty("java.version");
    }
}
