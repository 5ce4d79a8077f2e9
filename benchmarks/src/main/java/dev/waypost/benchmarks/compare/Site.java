package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the servers of one run stand: a folder of their own each, and a port on 127.0.0.1. */
final class Site implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final Path folder;
    private final Path jar;
    private final String jvm;
    private final List<RunningPeer> running = new ArrayList<>();

    /**
     * @param jar the server's
     * @param jvm the options of its JVM, with spaces between
     */
    Site(Path jar, String jvm) throws IOException {
        this.folder = Files.createTempDirectory("waypost-compare");
        this.jar = jar;
        this.jvm = jvm;
    }

    /** A file for what servers are to serve or asked. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Where a server of this label says what it says. */
    Path log(String label) {
        return folder.resolve(label + ".log");
    }

    /**
     * Starts a server.
     *
     * @param kind of scenario, which decides what it is configured to do
     * @param values what its configuration leaves open
     * @return empty when it has no part in such a scenario, or is not on this machine
     */
    Optional<RunningPeer> start(Peer peer, String kind, Map<String, String> values) throws IOException {
        return start(peer, peer.label(), kind, values);
    }

    /** The same under another label. */
    Optional<RunningPeer> start(Peer peer, String label, String kind, Map<String, String> values) throws IOException {
        Optional<Template> template = Template.of(kind, peer);
        Optional<Path> program = peer.program();
        if (template.isEmpty() || program.isEmpty()) {
            return Optional.empty();
        }
        Path home = Files.createTempDirectory(folder, label);
        int port = freePort();
        Path configuration = home.resolve(peer.configuration());
        Map<String, String> filled = Template.with(values, "folder", home.toString());
        filled = Template.with(filled, "port", Integer.toString(port));
        filled = Template.with(
                filled, "cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        template.get().write(configuration, filled);
        RunningPeer started = RunningPeer.start(label, port, command(peer, program.get(), configuration), log(label));
        running.add(started);
        return Optional.of(started);
    }

    private List<String> command(Peer peer, Path program, Path configuration) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (String argument : peer.arguments()) {
            if (argument.equals("{jvm}")) {
                command.addAll(List.of(
                        Template.fill(jvm, Map.of("folder", folder.toString())).split(" ")));
            } else {
                command.add(Template.fill(argument, Map.of("conf", configuration.toString(), "jar", jar.toString())));
            }
        }
        return command;
    }

    /** A port that nobody has, for datagrams and for streams. */
    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        for (int attempt = 1; ; attempt++) {
            try (ServerSocket streams = new ServerSocket(0, 1, loopback);
                    DatagramSocket datagrams = new DatagramSocket(streams.getLocalPort(), loopback)) {
                return datagrams.getLocalPort();
            } catch (IOException taken) {
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** Ends the servers that were started here. */
    void endAll() {
        running.forEach(RunningPeer::close);
        running.clear();
    }

    /** Ends the servers and removes the folder. */
    @Override
    public void close() throws IOException {
        endAll();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
