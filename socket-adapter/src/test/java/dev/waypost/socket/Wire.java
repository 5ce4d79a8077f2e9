package dev.waypost.socket;

import dev.waypost.testing.Patience;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A client without cleverness: what it is told to send goes out, what comes back is parsed by dnsjava. */
final class Wire {
    static final int PATIENCE_MILLIS = (int) Patience.LIMIT.toMillis();

    private Wire() {}

    static byte[] query(int id, String qname, int qtype) {
        Message message = Message.newQuery(Record.newRecord(Name.fromConstantString(qname), qtype, DClass.IN));
        message.getHeader().setID(id);
        return message.toWire();
    }

    /** The query in a stream's frame. */
    static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /** Asks over UDP and gives the whole reply. */
    static Message udp(InetSocketAddress server, String qname, int qtype) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected: a reply from any other address is not received.
            socket.connect(server);
            send(socket, query(7, qname, qtype));
            return receive(socket);
        }
    }

    /** Asks for an A record over UDP and gives the address. */
    static String address(InetSocketAddress server, String qname) throws IOException {
        return firstOf(udp(server, qname, Type.A));
    }

    static void send(DatagramSocket connected, byte[] message) throws IOException {
        connected.send(new DatagramPacket(message, message.length));
    }

    static Message receive(DatagramSocket socket) throws IOException {
        return receive(socket, PATIENCE_MILLIS);
    }

    static Message receive(DatagramSocket socket, int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    static Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(server, PATIENCE_MILLIS);
        return socket;
    }

    static Message read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return new Message(message);
    }

    /** Asks over a stream of its own and gives the whole reply. */
    static Message tcp(InetSocketAddress server, String qname, int qtype) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(frame(query(8, qname, qtype)));
            return read(socket);
        }
    }

    /** The first answer's RDATA in presentation form. */
    static String firstOf(Message reply) {
        return reply.getSection(Section.ANSWER).get(0).rdataToString();
    }

    static InetAddress literal(String address) throws IOException {
        return InetAddress.getByName(address);
    }
}
