package dev.waypost.socket.transfer;

import static org.awaitility.Awaitility.await;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.socket.CorefileServer;
import dev.waypost.testing.FreePort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A Corefile served on a loopback port that the system chooses, and a client without cleverness. */
final class ServedText implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Copy.PATIENCE.toMillis();

    /** The real ones look once a second, tell of a zone once in five, and wait for five at their start. */
    private static final List<DirectiveFactory> QUICK = List.of(
            new TransferDirective(new NotifyPace(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(2))),
            new SecondaryDirective(Duration.ofMillis(200)));

    private final int port;
    private final Path corefile;
    private final CorefileServer server;

    private ServedText(int port, Path corefile) {
        this.port = port;
        this.corefile = corefile;
        this.server = CorefileServer.start(corefile, planner());
    }

    private static CorefilePlanner planner() {
        Set<String> replaced = QUICK.stream().map(DirectiveFactory::name).collect(Collectors.toSet());
        Stream<DirectiveFactory> others = ServiceLoader.load(DirectiveFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> !replaced.contains(each.name()));
        return CorefilePlanner.of(Stream.concat(others, QUICK.stream()).toList());
    }

    /**
     * Serves {@code example.org} on a free port.
     *
     * @param lines of the one server block
     */
    static ServedText of(Path folder, String lines) throws IOException {
        return at(FreePort.next(), folder, lines);
    }

    /** The same on a port that others have been told. */
    static ServedText at(int port, Path folder, String lines) throws IOException {
        Path corefile = folder.resolve("Corefile" + port);
        Files.writeString(corefile, block(port, lines));
        return new ServedText(port, corefile);
    }

    private static String block(int port, String lines) {
        return "example.org:" + port + " {\n bind 127.0.0.1\n" + lines + "\n}\n";
    }

    CorefileServer server() {
        return server;
    }

    void rewrite(String lines) throws IOException {
        Files.writeString(corefile, block(port, lines));
    }

    InetSocketAddress address() {
        return server.server().addresses().get(0);
    }

    /** As a Corefile writes it. */
    String written() {
        return "127.0.0.1:" + address().getPort();
    }

    static Message query(String qname, int qtype) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(qname), qtype, DClass.IN));
    }

    byte[] udp(byte[] query) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    Message udp(Message query) throws IOException {
        return new Message(udp(query.toWire()));
    }

    /** The messages of a transfer, or the one that there is. */
    List<byte[]> tcp(byte[] query) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        try (Socket socket = new Socket()) {
            socket.connect(address(), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int records = 0;
            Message last;
            do {
                messages.add(in.readNBytes(in.readUnsignedShort()));
                last = new Message(messages.get(messages.size() - 1));
                records += last.getSection(Section.ANSWER).size();
            } while (last.getRcode() == Rcode.NOERROR && records > 1 && !endsWithSoa(last));
        }
        return messages;
    }

    private static boolean endsWithSoa(Message message) {
        List<Record> answer = message.getSection(Section.ANSWER);
        return answer.get(answer.size() - 1).getType() == Type.SOA;
    }

    /** The answer's only address, or the RCODE. */
    String said(String qname) {
        try {
            Message reply = udp(query(qname, Type.A));
            List<Record> answer = reply.getSection(Section.ANSWER);
            return answer.isEmpty()
                    ? Rcode.string(reply.getRcode())
                    : answer.get(0).rdataToString();
        } catch (IOException lost) {
            return lost.toString();
        }
    }

    void awaitSaying(String qname, String wanted) {
        await().until(() -> said(qname), wanted::equals);
    }

    @Override
    public void close() {
        server.close();
    }
}
