package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that were started here: however this program ends, they end with it. */
final class Children {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Children::end)));
    }

    private Children() {}

    /** Starts a program whose output goes to a file. */
    static Process start(List<String> command, Path output) throws IOException {
        return start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    }

    /** Starts a program. */
    static Process start(ProcessBuilder program) throws IOException {
        Process process = program.start();
        ALIVE.add(process);
        process.onExit().thenAccept(ALIVE::remove);
        return process;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
