package dev.waypost.testing.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Name servers that others trust, and how each is told what to do. */
public enum Peer {
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
                      rrl-ratelimit: 0
                    remote-control:
                      control-enable: no
                    """.formatted(folder, port);
        }

        @Override
        public String primaryFor(Map<String, String> files) {
            return each(files, "zone:\n  name: %1$s\n  zonefile: %2$s\n");
        }

        @Override
        List<String> command(Path program, Path configuration) {
            return List.of(program.toString(), "-d", "-c", configuration.toString());
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
                      tcp-io-timeout: 0
                    log:
                      - target: stderr
                        any: warning
                    database:
                      storage: %1$s/db
                    template:
                      - id: default
                        storage: %1$s
                        zonefile-sync: -1
                        zonefile-load: whole
                        journal-content: none
                        semantic-checks: off
                    """.formatted(folder, port);
        }

        @Override
        public String primaryFor(Map<String, String> files) {
            return "zone:\n" + each(files, "  - domain: %1$s\n    file: %2$s\n");
        }

        @Override
        List<String> command(Path program, Path configuration) {
            return List.of(program.toString(), "-c", configuration.toString());
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
                      allow-query { any; };
                      notify explicit;
                      pid-file none;
                      session-keyfile none;
                      lock-file none;
                      minimal-responses no-auth;
                      dnssec-validation no;
                      zero-no-soa-ttl no;
                      empty-zones-enable no;
                      max-records-per-type 0;
                      max-types-per-name 0;
                    };
                    controls { };
                    """.formatted(folder, port);
        }

        @Override
        public String primaryFor(Map<String, String> files) {
            return each(files, "zone \"%1$s\" { type primary; file \"%2$s\"; check-names ignore; };\n");
        }

        @Override
        List<String> command(Path program, Path configuration) {
            return List.of(program.toString(), "-g", "-n", "1", "-c", configuration.toString());
        }
    };

    private final String program;

    Peer(String program) {
        this.program = program;
    }

    /** What is said of the server itself: one loopback port, files in a folder, no limit of rates. */
    abstract String head(Path folder, int port);

    /**
     * What is said of zones to be served from files.
     *
     * @param files their names, by the zones' origins
     */
    public abstract String primaryFor(Map<String, String> files);

    abstract List<String> command(Path program, Path configuration);

    /** Where its program is; empty where it is not installed. */
    public Optional<Path> installed() {
        return onPath(program);
    }

    /** A program of the search path; Debian has daemons where an ordinary user's path does not lead. */
    public static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String each(Map<String, String> files, String form) {
        return files.entrySet().stream()
                .map(zone -> form.formatted(zone.getKey(), zone.getValue()))
                .collect(Collectors.joining());
    }
}
