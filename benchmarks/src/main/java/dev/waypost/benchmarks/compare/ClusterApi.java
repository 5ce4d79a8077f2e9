package dev.waypost.benchmarks.compare;

import dev.waypost.benchmarks.watch.BudgetServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The API server of a large cluster, as a process of its own. */
final class ClusterApi implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final String url;

    private ClusterApi(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.url = read();
    }

    /** Starts it, and waits until it has all of its objects. */
    static ClusterApi start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BudgetServer.class.getName());
        return new ClusterApi(
                Children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
    }

    /** Where it answers. */
    String url() {
        return url;
    }

    /** Moves one endpoint of a service to another address: {@code 172.16.(service & 255).place}. */
    void move(int service, int place) throws IOException {
        in.write("move " + service + " " + place + "\n");
        in.flush();
        read();
    }

    private String read() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the API server has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
