package dev.waypost.benchmarks.compare;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A question, as dnsperf reads it. */
record Question(String qname, String qtype) {
    private static final int LARGEST_REPLY = 65_535;

    /** {@code www.example.org A}. */
    String line() {
        return qname + " " + qtype;
    }

    /**
     * Asks a server on 127.0.0.1 once.
     *
     * @return the RCODE and what the answers hold, in order of text and without TTLs; empty without a reply in time
     */
    Optional<String> ask(int port, Duration patience) throws IOException {
        Record question = Record.newRecord(Name.fromString(qname + "."), Type.value(qtype), DClass.IN);
        byte[] query = Message.newQuery(question).toWire();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            socket.setSoTimeout((int) patience.toMillis());
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket reply = new DatagramPacket(new byte[LARGEST_REPLY], LARGEST_REPLY);
            socket.receive(reply);
            return Optional.of(meaning(new Message(Arrays.copyOf(reply.getData(), reply.getLength()))));
        } catch (IOException unanswered) { // late, or nobody listens there yet
            return Optional.empty();
        }
    }

    private static String meaning(Message reply) {
        TreeSet<String> answers = new TreeSet<>();
        for (Record each : reply.getSection(Section.ANSWER)) {
            answers.add(Type.string(each.getType()) + " " + each.rdataToString());
        }
        return Rcode.string(reply.getRcode()) + " " + answers;
    }
}
