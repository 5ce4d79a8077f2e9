package dev.waypost.examples.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a user starts it: its own process, its output read line by line. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DNS on (\\S+) port (\\d+), UDP and TCP");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    private ServerProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::readOutput, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ServerProcess start(Path folder, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        // Surefire's own class path is a jar with a manifest; this property holds the real one.
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(ServerMain.class.getName());
        command.addAll(List.of(flags));
        return new ServerProcess(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said(line);
            }
        } catch (IOException closed) {
            said("output ended: " + closed);
        }
    }

    private synchronized void said(String line) {
        lines.add(line);
        notifyAll();
    }

    /** The port of the first DNS line; waits for it. */
    int port() throws InterruptedException {
        Matcher listening = LISTENING.matcher(awaitLine("DNS on "));
        if (!listening.matches()) {
            throw new IllegalStateException("this does not say a port: " + lines);
        }
        return Integer.parseInt(listening.group(2));
    }

    /** The first line that holds a text; waits for it. */
    synchronized String awaitLine(String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean mayCome = true;
        while (mayCome) {
            mayCome = reader.isAlive() && System.nanoTime() - end < 0; // before looking: what came until now is seen
            for (String line : List.copyOf(lines)) {
                if (line.contains(part)) {
                    return line;
                }
            }
            if (mayCome) {
                wait(TimeUnit.SECONDS.toMillis(1));
            }
        }
        throw new IllegalStateException("the server did not say \"" + part + "\": " + lines);
    }

    /** Sends SIGTERM and waits for the end. @return the exit code */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not end: " + lines);
        }
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return process.exitValue();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
