package dev.waypost.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sockets and selectors that this JVM has open; on Linux, where it can tell. */
public final class OpenSockets {
    private OpenSockets() {}

    /** How many there are now; files do not count, since any class loaded for the first time may open one. */
    public static long count() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(OpenSockets::isSocketOrPoll).count();
        }
    }

    private static boolean isSocketOrPoll(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.contains("eventpoll") || target.contains("eventfd");
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }
}
