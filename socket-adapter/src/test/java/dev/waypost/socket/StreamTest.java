package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.SocketCounters.Closing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

class StreamTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestPlans plans = new TestPlans();
    private DnsEngine engine;
    private DnsServer server;

    @BeforeEach
    void start() {
        engine = DnsEngine.of(plans.everything().build()).start();
        serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, LONG));
    }

    private void serve(ServerOptions options) {
        if (server != null) {
            server.close();
        }
        server = DnsServer.builder(engine)
                .listen(TestPlans.loopback())
                .options(options)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private Socket connect() throws IOException {
        return Wire.connect(local());
    }

    private InetSocketAddress local() {
        return server.addresses().get(0);
    }

    private static void ask(Socket socket, int id, String qname) throws IOException {
        socket.getOutputStream().write(Wire.frame(Wire.query(id, qname, Type.A)));
    }

    private void assertServed() throws IOException {
        assertThat(Wire.firstOf(Wire.tcp(local(), TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
    }

    private void awaitClosed(Closing reason, long times) {
        await().until(() -> server.counters().closed(reason) == times);
    }

    private static void assertEnded(Socket socket) {
        assertThatCode(() -> assertThat(socket.getInputStream().read()).isEqualTo(-1))
                .as("closed, in whatever way")
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).hasMessageContaining("reset"));
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1: a connection carries one query after another")
    void aConnectionIsUsedAgain() throws IOException {
        try (Socket socket = connect()) {
            for (int id = 1; id <= 3; id++) {
                ask(socket, id, TestPlans.HOST);
                assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(id);
            }
        }
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1.1: 50 queries in one segment are all answered")
    void pipelinedQueriesAreAllAnswered() throws IOException {
        try (Socket socket = connect()) {
            ByteArrayOutputStream segment = new ByteArrayOutputStream();
            for (int id = 0; id < 50; id++) {
                segment.write(Wire.frame(Wire.query(id, TestPlans.HOST, Type.A)));
            }
            socket.getOutputStream().write(segment.toByteArray());

            Set<Integer> ids = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                ids.add(Wire.read(socket).getHeader().getID());
            }
            assertThat(ids).hasSize(50);
        }
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1.1: a reply that is ready does not wait for one that is not")
    void repliesLeaveOutOfOrder() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, 1, TestPlans.LATER);
            ask(socket, 2, TestPlans.HOST);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);

            plans.completeAll();

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
        }
    }

    @Test
    void queriesOverTheBoundWaitAndAreAnsweredAfterwards() throws IOException {
        serve(TestPlans.QUICK.withBacklogPerConnection(4, 1024));
        try (Socket socket = connect()) {
            for (int id = 0; id < 10; id++) {
                ask(socket, id, TestPlans.LATER);
            }
            await().until(() -> plans.waiting() == 4);
            assertServed();
            assertThat(plans.waiting()).isEqualTo(4);

            Set<Integer> ids = new HashSet<>();
            while (ids.size() < 10) {
                await().until(() -> {
                    plans.completeAll();
                    return socket.getInputStream().available() > 0;
                });
                ids.add(Wire.read(socket).getHeader().getID());
            }
        }
    }

    @Test
    void aMessageMayArriveOctetByOctet() throws IOException {
        try (Socket socket = connect()) {
            for (byte octet : Wire.frame(Wire.query(5, TestPlans.HOST, Type.A))) {
                socket.getOutputStream().write(octet);
            }
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(5);
        }
    }

    @Test
    void aSlowWriterIsCutOffAndHoldsNobodyElse() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = connect()) {
            slow.getOutputStream().write(0);
            assertServed();
            assertEnded(slow);
            awaitClosed(Closing.SLOW_WRITER, 1);
        }
    }

    @Test
    @DisplayName("The deadline runs from the first octet, however many follow it")
    void tricklingDoesNotExtendTheDeadline() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = connect()) {
            byte[] frame = Wire.frame(Wire.query(5, TestPlans.HOST, Type.A));
            OutputStream out = slow.getOutputStream();
            out.write(frame, 0, 3);
            await().pollInterval(Duration.ofMillis(20)).until(() -> isCutOff(out));
            awaitClosed(Closing.SLOW_WRITER, 1);
        }
    }

    private static boolean isCutOff(OutputStream out) {
        try {
            out.write(0);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, SHORT));
        try (Socket idle = connect();
                Socket used = connect()) {
            ask(used, 1, TestPlans.HOST);
            Wire.read(used);
            assertEnded(idle);
            assertEnded(used);
            awaitClosed(Closing.IDLE, 2);
        }
    }

    @Test
    void twoHundredIdleConnectionsKeepNobodyOut() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, LONG).withConnections(100, 100));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(connect());
            }
            awaitClosed(Closing.CROWDED_OUT, 100);
            assertServed();
            assertEnded(idle.get(0));
            ask(idle.get(199), 1, TestPlans.HOST);
            assertThat(Wire.read(idle.get(199)).getHeader().getID()).isEqualTo(1);
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
    }

    @Test
    void aClientOverItsCapLosesItsOwnConnections() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, LONG).withConnections(100, 2));
        try (Socket first = connect();
                Socket busy = connect()) {
            ask(busy, 1, TestPlans.LATER);
            await().until(() -> plans.waiting() == 1);
            assertServed(); // the third: the idle one goes, not the one that waits for its reply
            assertEnded(first);
            plans.completeAll();
            assertThat(Wire.read(busy).getHeader().getID()).isEqualTo(1);
        }
    }

    @Test
    void aZeroLengthFrameClosesTheConnection() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, 1, TestPlans.HOST);
            socket.getOutputStream().write(new byte[2]);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            assertEnded(socket);
        }
        awaitClosed(Closing.MALFORMED, 1);
    }

    @Test
    void aFrameShorterThanAHeaderClosesTheConnection() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(Wire.frame(new byte[11]));
            assertEnded(socket);
        }
        awaitClosed(Closing.MALFORMED, 1);
    }

    @Test
    void anHttpRequestIsClosedAtTheReadDeadline() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEnded(socket);
        }
        assertServed();
    }

    @Test
    void aHalfClosedConnectionGetsItsReplies() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, 1, TestPlans.LATER);
            ask(socket, 2, TestPlans.HOST);
            socket.shutdownOutput();
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);
            await().until(() -> plans.waiting() == 1);

            plans.completeAll();

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            assertEnded(socket);
        }
        awaitClosed(Closing.BY_CLIENT, 1);
    }

    @Test
    void aResetHarmsNobodyElse() throws IOException {
        for (byte[] sent : List.of(
                new byte[0], new byte[1], Wire.frame(Wire.query(1, TestPlans.LATER, Type.A)), new byte[] {0, 40, 1, 2
                })) {
            Socket socket = connect();
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(sent);
            socket.close();
            assertServed();
        }
        plans.completeAll();
        assertServed();
        assertThat(server.counters().failures()).isZero();
    }

    @Test
    void aPeerThatNeverReadsIsClosedAndOthersAreServed() throws IOException {
        serve(TestPlans.QUICK.withConnectionTimeouts(LONG, Duration.ofMillis(300), LONG));
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(local());
            byte[] frame = Wire.frame(Wire.query(1, TestPlans.BIG, Type.TXT));
            byte[] many = new byte[frame.length * 400];
            for (int i = 0; i < 400; i++) {
                System.arraycopy(frame, 0, many, i * frame.length, frame.length);
            }
            deaf.getOutputStream().write(many);
            assertServed();
            awaitClosed(Closing.SLOW_READER, 1);
        }
    }

    @Test
    void aSlowReaderGetsEveryReply() throws IOException {
        serve(TestPlans.QUICK.withBacklogPerConnection(8, 30_000).withConnectionTimeouts(LONG, LONG, LONG));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(Wire.PATIENCE_MILLIS);
            socket.connect(local());
            Thread writer = new Thread(() -> {
                for (int id = 0; id < 300; id++) {
                    try {
                        socket.getOutputStream().write(Wire.frame(Wire.query(id, TestPlans.BIG, Type.TXT)));
                    } catch (IOException broken) {
                        return; // the reader notices
                    }
                }
            });
            writer.start();
            for (int id = 0; id < 300; id++) {
                Message reply = Wire.read(socket);
                assertThat(reply.getHeader().getID()).isEqualTo(id);
                assertThat(reply.getSection(1)).hasSize(101);
            }
        }
    }

    @Test
    void anErrorThrownByAResolverClosesItsConnectionOnly() throws IOException {
        try (Socket socket = connect();
                Socket other = connect()) {
            ask(other, 1, TestPlans.HOST);
            Wire.read(other);
            ask(socket, 1, TestPlans.BROKEN);
            assertEnded(socket);
            ask(other, 2, TestPlans.HOST);
            assertThat(Wire.read(other).getHeader().getID()).isEqualTo(2);
        }
    }

    @Test
    void randomOctetsLeaveTheServerAlive() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            byte[] octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(i % 2 == 0 ? octets : Wire.frame(octets));
            }
        }
        assertServed();
        assertThat(server.counters().failures()).isZero();
        assertThat(Arrays.stream(Closing.values())
                        .mapToLong(server.counters()::closed)
                        .sum())
                .isPositive();
    }
}
