package dev.waypost.socket.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A name server that others trust, on a loopback port of its own, as primary or secondary for {@code example.org}. */
final class NameServer implements AutoCloseable {
    static final String SECRET = "dGhpcnR5LXR3byBvY3RldHMgb2YgZ29vZCBzZWNyZXQ=";
    static final String KEY = "transfer.key";

    private final Process process;
    private final int port;

    private NameServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** What is installed beside this library, and how it is told what to do. */
    enum Kind {
        NSD("nsd") {
            @Override
            String head(Path folder, int port) {
                return """
                        server:
                          ip-address: 127.0.0.1@%2$d
                          server-count: 1
                          username: ""
                          zonesdir: "%1$s"
                          database: ""
                          pidfile: ""
                          xfrdfile: "%1$s/xfrd.state"
                          xfrdir: "%1$s"
                          zonelistfile: "%1$s/zone.list"
                        remote-control:
                          control-enable: no
                        key:
                          name: %3$s
                          algorithm: hmac-sha256
                          secret: "%4$s"
                        zone:
                          name: example.org
                          zonefile: db.example
                        """.formatted(folder, port, KEY, SECRET);
            }

            @Override
            String primary(InetSocketAddress secondary) {
                return "  provide-xfr: 127.0.0.1 " + KEY + "\n  notify: 127.0.0.1@" + secondary.getPort() + " " + KEY
                        + "\n";
            }

            @Override
            String secondary(InetSocketAddress primary) {
                return "  request-xfr: AXFR 127.0.0.1@" + primary.getPort() + " " + KEY + "\n  allow-notify: 127.0.0.1 "
                        + KEY + "\n";
            }

            @Override
            List<String> command(Path program, Path file) {
                return List.of(program.toString(), "-d", "-c", file.toString());
            }
        },

        KNOT("knotd") {
            @Override
            String head(Path folder, int port) {
                return """
                        server:
                          listen: 127.0.0.1@%2$d
                          rundir: %1$s
                          udp-workers: 1
                          tcp-workers: 1
                          background-workers: 1
                        database:
                          storage: %1$s/db
                        key:
                          - id: %3$s
                            algorithm: hmac-sha256
                            secret: %4$s
                        """.formatted(folder, port, KEY, SECRET);
            }

            @Override
            String primary(InetSocketAddress secondary) {
                return remote(secondary) + "zone:\n  - domain: example.org\n    storage: FOLDER\n    file: db.example\n"
                        + "    notify: other\n    acl: other\n";
            }

            @Override
            String secondary(InetSocketAddress primary) {
                return remote(primary) + "zone:\n  - domain: example.org\n    storage: FOLDER\n    file: db.copy\n"
                        + "    master: other\n    acl: other\n";
            }

            private String remote(InetSocketAddress other) {
                return "remote:\n  - id: other\n    address: 127.0.0.1@" + other.getPort() + "\n    key: " + KEY
                        + "\nacl:\n  - id: other\n    key: " + KEY + "\n    action: [transfer, notify]\n";
            }

            @Override
            List<String> command(Path program, Path file) {
                return List.of(program.toString(), "-c", file.toString());
            }
        },

        BIND("named") {
            @Override
            String head(Path folder, int port) {
                return """
                        options {
                          directory "%1$s";
                          listen-on port %2$d { 127.0.0.1; };
                          listen-on-v6 { none; };
                          recursion no;
                          pid-file none;
                          session-keyfile none;
                          lock-file none;
                          dnssec-validation no;
                          notify explicit;
                        };
                        controls { };
                        key %3$s { algorithm hmac-sha256; secret "%4$s"; };
                        """.formatted(folder, port, KEY, SECRET);
            }

            @Override
            String primary(InetSocketAddress secondary) {
                return "zone example.org { type primary; file \"db.example\"; allow-transfer { key " + KEY
                        + "; }; also-notify { 127.0.0.1 port " + secondary.getPort() + " key " + KEY + "; }; };\n";
            }

            @Override
            String secondary(InetSocketAddress primary) {
                return "zone example.org { type secondary; primaries { 127.0.0.1 port " + primary.getPort() + " key "
                        + KEY + "; }; allow-notify { key " + KEY + "; }; };\n";
            }

            @Override
            List<String> command(Path program, Path file) {
                return List.of(program.toString(), "-g", "-n", "1", "-c", file.toString());
            }
        };

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        abstract String head(Path folder, int port);

        abstract String primary(InetSocketAddress secondary);

        abstract String secondary(InetSocketAddress primary);

        abstract List<String> command(Path program, Path file);

        Optional<Path> installed() {
            return onPath(program);
        }
    }

    /** A program of the search path; Debian has daemons where an ordinary user's path does not lead. */
    static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    static NameServer primary(Kind kind, Path folder, int port, InetSocketAddress secondary) throws IOException {
        return start(kind, folder, port, kind.primary(secondary));
    }

    static NameServer secondary(Kind kind, Path folder, int port, InetSocketAddress primary) throws IOException {
        return start(kind, folder, port, kind.secondary(primary));
    }

    private static NameServer start(Kind kind, Path folder, int port, String role) throws IOException {
        Files.createDirectories(folder.resolve("db"));
        Path file = Files.writeString(
                folder.resolve(kind + ".conf"), kind.head(folder, port) + role.replace("FOLDER", folder.toString()));
        Process process = new ProcessBuilder(kind.command(kind.installed().orElseThrow(), file))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(kind + ".log").toFile())
                .start();
        return new NameServer(process, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
