package dev.waypost.zone.peers;

import dev.waypost.testing.FreePort;
import dev.waypost.testing.Patience;
import dev.waypost.testing.peers.Peer;
import dev.waypost.testing.peers.PeerServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A peer that serves zones, as long as it is open. */
final class ServingPeer implements AutoCloseable {
    private static final Duration PATIENCE = Patience.LIMIT;

    /** Questions on the way at once: fewer octets than the buffers of a loopback connection take. */
    private static final int WINDOW = 64;

    private final PeerServer server;

    private ServingPeer(PeerServer server) {
        this.server = server;
    }

    /** A peer that answers for every zone. */
    static ServingPeer started(Peer peer, Path folder, List<PeerZone> zones) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (PeerZone zone : zones) {
            zone.writeInto(folder);
            files.put(zone.origin(), zone.fileName());
        }
        ServingPeer serving = new ServingPeer(PeerServer.start(peer, folder, FreePort.next(), peer.primaryFor(files)));
        if (!serving.awaitEvery(zones)) {
            serving.close();
            throw new IllegalStateException(peer + " does not serve the zones:\n" + serving.server.log());
        }
        return serving;
    }

    private boolean awaitEvery(List<PeerZone> zones) {
        List<Question> soas =
                zones.stream().map(zone -> new Question(zone.name(), Type.SOA)).toList();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.isAlive() && System.nanoTime() - end < 0) {
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
            socket.connect(server.address());
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
        server.close();
    }
}
