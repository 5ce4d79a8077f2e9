package dev.waypost.benchmarks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Measures how long a server takes from the start of its process to its first answer: a static zone from a Corefile, asked
 * for every few milliseconds; as the jar is, and with an archive of its classes (JEP 350).
 */
public final class ServerStart {
    private static final int STARTS = 15;
    private static final int ASK_EVERY_MILLIS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Name WWW = Name.fromConstantString("www.example.org.");
    private static final String ZONE = """
            $ORIGIN example.org.
            $TTL 300
            @   IN SOA ns hostmaster 1 7200 1800 86400 30
            @   IN NS  ns
            ns  IN A   192.0.2.1
            www IN A   192.0.2.2
            """;

    private final String jar;
    private final Path folder;
    private final int port;

    private ServerStart(String jar, Path folder, int port) {
        this.jar = jar;
        this.folder = folder;
        this.port = port;
    }

    /** @param args the server's jar */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("waypost-start");
        ServerStart measured = new ServerStart(args[0], folder, freePort());
        measured.write();
        String archive = folder.resolve("server.jsa").toString();
        System.out.println("| start to first answer | median | best | worst |\n|---|---:|---:|---:|");
        measured.row("as it is", List.of());
        measured.once(List.of("-XX:ArchiveClassesAtExit=" + archive));
        measured.row("with an archive of its classes", List.of("-XX:SharedArchiveFile=" + archive));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void write() throws IOException {
        Files.writeString(folder.resolve("example.org.zone"), ZONE);
        Files.writeString(
                folder.resolve("Corefile"),
                "example.org:" + port + " {\n bind 127.0.0.1\n file example.org.zone\n errors\n}\n");
    }

    private void row(String name, List<String> options) throws IOException, InterruptedException {
        long[] millis = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            millis[i] = once(options);
        }
        Arrays.sort(millis);
        System.out.println("| " + name + " | " + millis[STARTS / 2] + " ms | " + millis[0] + " ms | "
                + millis[STARTS - 1] + " ms |");
    }

    private long once(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar, "-conf", folder.resolve("Corefile").toString()));
        long began = System.nanoTime();
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            awaitAnswer(server, began);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        } finally {
            server.destroy();
            server.waitFor(); // it may be writing the archive
        }
    }

    private void awaitAnswer(Process server, long began) throws IOException {
        byte[] query =
                Message.newQuery(Record.newRecord(WWW, Type.A, DClass.IN)).toWire();
        DatagramPacket question = new DatagramPacket(
                query, query.length, new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        try (DatagramSocket socket = new DatagramSocket()) { // not connected: a port that is closed yet is no failure
            socket.setSoTimeout(ASK_EVERY_MILLIS);
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            while (true) {
                socket.send(question);
                try {
                    socket.receive(answer);
                    return;
                } catch (SocketTimeoutException early) {
                    if (!server.isAlive() || System.nanoTime() - began > PATIENCE_NANOS) {
                        throw new IOException("no answer: " + Files.readString(folder.resolve("server.log")), early);
                    }
                }
            }
        }
    }
}
