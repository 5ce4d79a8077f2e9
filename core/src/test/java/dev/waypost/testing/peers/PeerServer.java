package dev.waypost.testing.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A peer that runs on a loopback port of its own, as long as it is open. */
public final class PeerServer implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final InetSocketAddress address;

    private PeerServer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Starts one, which may take a while to answer.
     *
     * @param folder of its zone files, and of what it writes
     * @param zones what it is told of zones
     */
    public static PeerServer start(Peer peer, Path folder, int port, String zones) throws IOException {
        Files.createDirectories(folder.resolve("db"));
        Path configuration = Files.writeString(folder.resolve(peer + ".conf"), peer.head(folder, port) + zones);
        Path log = folder.resolve(peer + ".log");
        Process process = new ProcessBuilder(peer.command(peer.installed().orElseThrow(), configuration))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PeerServer(process, log, port);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return address;
    }

    /** Whether it has not ended, as one does that cannot use its configuration. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends it and waits until the last of its processes writes no more: its folder may be deleted. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        for (ProcessHandle each : all) {
            each.destroyForcibly();
            each.onExit().join();
        }
    }
}
