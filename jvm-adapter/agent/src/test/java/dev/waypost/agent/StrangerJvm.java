package dev.waypost.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link Stranger}: one environment variable is all that is Waypost's about it. */
final class StrangerJvm implements AutoCloseable {
    private static final String AGENT = System.getProperty("waypost.agent");

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;
    private final Path errors;

    private StrangerJvm(Process process, Path errors) {
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
    }

    /**
     * Starts it.
     *
     * @param folder holds the program and its log
     * @param argument of the agent, with its equals sign; empty for none
     * @param more of the program's class path, behind the program itself
     */
    static StrangerJvm start(Path folder, String argument, Path... more) throws IOException {
        return start(Path.of(System.getProperty("java.home")), folder, argument, more);
    }

    static StrangerJvm start(Path javaHome, Path folder, String argument, Path... more) throws IOException {
        List<String> classPath = new ArrayList<>(List.of(program(folder).toString()));
        for (Path each : more) {
            classPath.add(each.toString());
        }
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(System.getProperty("path.separator"), classPath),
                Stranger.class.getName());
        variables(builder, argument);
        return new StrangerJvm(builder.redirectError(errors.toFile()).start(), errors);
    }

    static void variables(ProcessBuilder builder, String argument) {
        builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + AGENT + argument);
        builder.environment().remove("KUBERNETES_SERVICE_HOST");
    }

    /** The program's classes, and none of the tests beside them. */
    private static Path program(Path folder) throws IOException {
        Path home = folder.resolve("program");
        Path room = Files.createDirectories(home.resolve("dev/waypost/agent"));
        for (Class<?> part : List.of(Stranger.class, Stranger.OwnLogManager.class, Stranger.Logging.class)) {
            String file = part.getName().substring(part.getPackageName().length() + 1) + ".class";
            try (InputStream code = Stranger.class.getResourceAsStream(file)) {
                Files.write(room.resolve(file), code.readAllBytes());
            }
        }
        return home;
    }

    /** What it answers to a line. */
    String ask(String line) throws IOException {
        in.println(line);
        return out.readLine();
    }

    /** Waits until it or its JVM has written this to standard error. */
    void awaitError(String part) {
        await().untilAsserted(() -> assertThat(errors).content().contains(part));
    }

    /** Lets it end by itself; what it and its JVM wrote to standard error. */
    List<String> end() throws IOException, InterruptedException {
        in.close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
