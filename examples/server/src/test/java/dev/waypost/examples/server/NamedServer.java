package dev.waypost.examples.server;

import static org.awaitility.Awaitility.await;

import dev.waypost.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A DNS server of any make that is started with {@code -conf Corefile}: CoreDNS, or our own. */
final class NamedServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private NamedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Our own server, in a process of its own. */
    static List<String> ours() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ServerMain.class.getName());
    }

    /** The command in the system property, else the program on the PATH; empty where neither is. */
    static Optional<List<String>> found(String property, String program) {
        String command = System.getProperty(property, "");
        if (!command.isBlank()) {
            return Optional.of(List.of(command.split(" +")));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> List.of(file.toString()));
    }

    /** Starts it. @param corefile in which {@code PORT} becomes a free port */
    static NamedServer start(List<String> command, Path folder, String corefile) throws IOException {
        int port = FreePort.next();
        Path file =
                Files.writeString(Files.createTempFile(folder, "Corefile", ""), corefile.replace("PORT", "" + port));
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("-conf", file.toString()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output-" + port).toFile())
                .start();
        return new NamedServer(process, port);
    }

    /** Waits until it answers a name. */
    NamedServer awaitName(String qname) {
        await().ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue());
            }
            return udp().ask(qname, Type.A).getRcode() == Rcode.NOERROR;
        });
        return this;
    }

    Dig udp() {
        return Dig.udp(port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
