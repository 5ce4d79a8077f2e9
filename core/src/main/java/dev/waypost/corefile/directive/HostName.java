package dev.waypost.corefile.directive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this host calls itself; a resolver is never asked. */
final class HostName {
    private static final List<Path> FILES = List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));
    private static final List<String> VARIABLES = List.of("HOSTNAME", "COMPUTERNAME");
    private static final String UNKNOWN = "localhost"; // CoreDNS's word

    private HostName() {}

    static String own() {
        for (Path file : FILES) {
            String name = firstLine(file);
            if (!name.isEmpty()) {
                return name;
            }
        }
        for (String variable : VARIABLES) {
            String name = System.getenv(variable);
            if (name != null && !name.isBlank()) {
                return name.strip();
            }
        }
        return UNKNOWN;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("").strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
