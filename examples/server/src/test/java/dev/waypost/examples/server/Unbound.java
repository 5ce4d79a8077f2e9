package dev.waypost.examples.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xbill.DNS.Type;

/** An Unbound on 127.0.0.1 that knows a few records and asks nobody; where none is installed, the test is passed over. */
final class Unbound implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/unbound");

    private final Process process;
    private final int port;

    private Unbound(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Unbound start(Path folder, String record) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "no Unbound is installed");
        int port = FreePort.next();
        Path configuration = Files.writeString(
                folder.resolve("unbound.conf"), """
                server:
                  interface: 127.0.0.1@%d
                  access-control: 127.0.0.0/8 allow
                  directory: "%s"
                  pidfile: ""
                  username: ""
                  chroot: ""
                  use-syslog: no
                  logfile: ""
                  do-daemonize: no
                  do-not-query-localhost: yes
                  module-config: "iterator"
                  local-zone: "%s" static
                  local-data: "%s"
                remote-control:
                  control-enable: no
                """.formatted(port, folder, record.split(" ", 2)[0], record));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-d", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("unbound.log").toFile())
                .start();
        Unbound unbound = new Unbound(process, port);
        await().ignoreExceptions()
                .until(() ->
                        Dig.udp(port).answers(record.split(" ", 2)[0], Type.A).contains("NOERROR"));
        return unbound;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
