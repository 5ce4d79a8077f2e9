package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.wire.WirePolicy;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Every packet of {@link PacketCorpus} against a started server, which answers a question after each of them. */
class PacketCorpusTest {
    /** Of the questions that show that the server is alive; no packet of the corpus has it. */
    private static final int ALIVE = 0xA11E;

    /** An OPT record, an extended error without a text, and a cookie: what a reply may have more than its query. */
    private static final int OPT_OCTETS = 11 + 6 + 28;

    private DnsEngine engine;
    private DnsServer server;

    @BeforeEach
    void start() {
        ZonePlan zone = new ZonePlan(
                TestPlans.name("example.org."),
                List.of(),
                query -> query.qtype() == Type.A
                        ? Response.answer(Freshness.always(), TestPlans.set(query.qname(), "192.0.2.1"))
                        : Response.failure(Rcode.NXDOMAIN),
                List.of());
        engine = DnsEngine.of(EnginePlan.builder().zone(zone).build()).start();
    }

    private void serve(boolean cookies) {
        WirePolicy policy =
                cookies ? WirePolicy.OPEN.withCookies(ServerCookies.of(CookieSecrets.rolling())) : WirePolicy.OPEN;
        server = DnsServer.builder(engine)
                .listen(TestPlans.loopback())
                .options(TestPlans.QUICK.withPolicy(policy))
                .start();
    }

    @AfterEach
    void stop() {
        assertThat(server.counters().failures()).isZero();
        server.close();
        engine.close();
    }

    private InetSocketAddress local() {
        return server.addresses().get(0);
    }

    @Test
    void theCorpusIsTheSameInEveryRun() {
        serve(false);
        Map<String, byte[]> one = PacketCorpus.packets();
        Map<String, byte[]> other = PacketCorpus.packets();

        assertThat(one).hasSizeGreaterThan(1800);
        assertThat(other.keySet()).isEqualTo(one.keySet());
        one.forEach((name, packet) -> assertThat(other.get(name)).as(name).isEqualTo(packet));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("Over UDP each packet has one lawful reply or none, and the server answers after it")
    void everyDatagramLeavesTheServerAlive(boolean cookies) throws IOException {
        serve(cookies);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(local());
            for (Map.Entry<String, byte[]> each : PacketCorpus.packets().entrySet()) {
                Wire.send(socket, each.getValue());
                Wire.send(socket, Wire.query(ALIVE, TestPlans.HOST, Type.A));
                check(each.getKey(), each.getValue(), untilAlive(socket));
            }
        }
    }

    /** The replies before the one that shows that the server is alive; a socket's replies keep their order. */
    private static List<byte[]> untilAlive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(Wire.PATIENCE_MILLIS);
        List<byte[]> replies = new ArrayList<>();
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            byte[] reply = Arrays.copyOf(packet.getData(), packet.getLength());
            if (id(reply) == ALIVE) {
                return replies;
            }
            replies.add(reply);
        }
    }

    @Test
    @DisplayName("Over TCP each packet has one lawful reply, or none and an end, and the server answers after it")
    void everyFrameLeavesTheServerAlive() throws IOException {
        serve(false);
        Socket socket = Wire.connect(local());
        for (Map.Entry<String, byte[]> each : PacketCorpus.packets().entrySet()) {
            List<byte[]> replies = new ArrayList<>();
            if (!askedAndAlive(socket, each.getValue(), replies)) {
                assertThat(each.getValue())
                        .as(each.getKey() + " ended its connection")
                        .hasSizeLessThan(12);
                socket.close();
                socket = Wire.connect(local());
            }
            check(each.getKey(), each.getValue(), replies);
        }
        socket.close();
        assertThat(Wire.firstOf(Wire.tcp(local(), TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
    }

    /** Asks on one stream, which may end instead. */
    private static boolean askedAndAlive(Socket socket, byte[] packet, List<byte[]> replies) throws IOException {
        try {
            socket.getOutputStream().write(Wire.frame(packet));
            socket.getOutputStream().write(Wire.frame(Wire.query(ALIVE, TestPlans.HOST, Type.A)));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] reply = in.readNBytes(in.readUnsignedShort());
                if (id(reply) == ALIVE) {
                    return true;
                }
                replies.add(reply);
            }
        } catch (EOFException | SocketException ended) {
            return false;
        }
    }

    private static int id(byte[] message) {
        return (message[0] & 0xFF) << 8 | message[1] & 0xFF;
    }

    private static void check(String name, byte[] packet, List<byte[]> replies) throws IOException {
        boolean silence = packet.length < 12 || (packet[2] & 0x80) != 0;
        assertThat(replies).as(name).hasSize(silence ? 0 : 1);
        if (silence) {
            return;
        }
        byte[] reply = replies.get(0);
        Message message = new Message(reply);
        assertThat(message.numBytes()).as(name + ": no octet left over").isEqualTo(reply.length);
        assertThat(id(reply)).as(name).isEqualTo(id(packet));
        assertThat(reply[2] & 0xF8).as(name + ": QR and OPCODE").isEqualTo(0x80 | packet[2] & 0x78);
        if (message.getRcode() != Rcode.NOERROR) {
            int opt = message.getOPT() == null ? 0 : OPT_OCTETS;
            assertThat(reply).as(name).hasSizeLessThanOrEqualTo(packet.length + opt);
        }
    }
}
