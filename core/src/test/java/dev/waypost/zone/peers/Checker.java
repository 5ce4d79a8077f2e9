package dev.waypost.zone.peers;

import dev.waypost.testing.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of name servers that tell whether a zone file can be used. */
enum Checker {
    BIND("named-checkzone", 'B') {
        @Override
        List<String> command(Path program, Path folder, Path file) {
            return List.of(program.toString(), "-i", "none", "-k", "ignore", ORIGIN, file.toString());
        }
    },

    NSD("nsd-checkzone", 'N') {
        @Override
        List<String> command(Path program, Path folder, Path file) {
            return List.of(program.toString(), ORIGIN, file.toString());
        }
    },

    KNOT("knotc", 'K') {
        @Override
        List<String> command(Path program, Path folder, Path file) throws IOException {
            Path configuration = folder.resolve(file.getFileName() + ".conf");
            Files.writeString(configuration, """
                    server:
                      rundir: %1$s
                    database:
                      storage: %1$s/db
                    template:
                      - id: default
                        storage: %1$s
                        semantic-checks: on
                        journal-content: none
                    zone:
                      - domain: %2$s
                        file: %3$s
                    """.formatted(folder, ORIGIN, file));
            return List.of(program.toString(), "-c", configuration.toString(), "zone-check", ORIGIN);
        }
    };

    /** The zone that every file is checked for. */
    static final String ORIGIN = "example.org";

    private static final long PATIENCE_SECONDS = 60;

    private final String program;
    private final char mark;

    Checker(String program, char mark) {
        this.program = program;
        this.mark = mark;
    }

    abstract List<String> command(Path program, Path folder, Path file) throws IOException;

    /** Its letter in the lists of those who see it otherwise. */
    char mark() {
        return mark;
    }

    Optional<Path> installed() {
        return Peer.onPath(program);
    }

    /** Whether it takes the file. */
    boolean takes(Path installed, Path folder, Path file) {
        try {
            Process process = new ProcessBuilder(command(installed, folder, file))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " does not end with " + file);
            }
            return process.exitValue() == 0;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
