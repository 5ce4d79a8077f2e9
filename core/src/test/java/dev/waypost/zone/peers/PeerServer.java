package dev.waypost.zone.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A peer that serves zones on a loopback port of its own, as long as it is open. */
final class PeerServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    /** Questions on the way at once: fewer octets than the buffers of a loopback connection take. */
    private static final int WINDOW = 64;

    private final Process process;
    private final int port;

    private PeerServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A peer that answers for every zone. */
    static PeerServer started(Peer peer, Path program, Path folder, List<PeerZone> zones) throws IOException {
        zones.forEach(zone -> zone.writeInto(folder));
        Files.createDirectories(folder.resolve("db"));
        Path log = folder.resolve(peer + ".log");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            Path configuration =
                    Files.writeString(folder.resolve(peer + ".conf"), peer.configuration(folder, port, zones));
            Process process = new ProcessBuilder(peer.command(program, configuration))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            PeerServer server = new PeerServer(process, port);
            if (server.awaitEvery(zones)) {
                return server;
            }
            server.close(); // somebody else may have taken the port in between
        }
        throw new IllegalStateException(peer + " does not serve the zones:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private boolean awaitEvery(List<PeerZone> zones) {
        List<Question> soas =
                zones.stream().map(zone -> new Question(zone.name(), Type.SOA)).toList();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try {
                if (ask(soas).stream().allMatch(reply -> reply.getRcode() == Rcode.NOERROR)) {
                    return true;
                }
            } catch (IOException notYet) {
                // it does not listen yet
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return false;
    }

    /** The replies, in the order of the questions. */
    List<Message> ask(List<Question> questions) throws IOException {
        List<Message> replies = new ArrayList<>(questions.size());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (int from = 0; from < questions.size(); from += WINDOW) {
                List<Question> window = questions.subList(from, Math.min(questions.size(), from + WINDOW));
                replies.addAll(exchanged(window, from, in, out));
            }
        }
        return replies;
    }

    /** The ID tells which question a reply answers: Knot and BIND may answer out of order (RFC 7766 section 7). */
    private static List<Message> exchanged(List<Question> window, int firstId, DataInputStream in, DataOutputStream out)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(all);
        for (int i = 0; i < window.size(); i++) {
            byte[] query = window.get(i).toWire((firstId + i) & 0xFFFF);
            framed.writeShort(query.length);
            framed.write(query);
        }
        out.write(all.toByteArray());
        out.flush();
        Message[] replies = new Message[window.size()];
        for (int i = 0; i < replies.length; i++) {
            Message reply = new Message(in.readNBytes(in.readUnsignedShort()));
            replies[(reply.getHeader().getID() - firstId) & 0xFFFF] = reply;
        }
        return List.of(replies);
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
