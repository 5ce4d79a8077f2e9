package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.socket.SocketCounters.Closing;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

/** What one client can take from the others: nothing. */
class StreamLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private static final Duration LONG = TestPlans.LONG;

    private final StreamServer streams = new StreamServer();

    @AfterEach
    void stop() {
        streams.close();
    }

    @Test
    void queriesOverTheBoundWaitAndAreAnsweredAfterwards() throws IOException {
        streams.serve(TestPlans.QUICK.withBacklogPerConnection(4, 1024));
        try (Socket socket = streams.connect()) {
            for (int id = 0; id < 10; id++) {
                StreamServer.ask(socket, id, TestPlans.LATER);
            }
            await().until(() -> streams.plans().waiting() == 4);
            streams.assertServed();
            assertThat(streams.plans().waiting()).isEqualTo(4);

            Set<Integer> ids = new HashSet<>();
            while (ids.size() < 10) {
                await().until(() -> {
                    streams.plans().completeAll();
                    return socket.getInputStream().available() > 0;
                });
                ids.add(Wire.read(socket).getHeader().getID());
            }
        }
    }

    @Test
    void aSlowWriterIsCutOffAndHoldsNobodyElse() throws IOException {
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = streams.connect()) {
            slow.getOutputStream().write(0);
            streams.assertServed();
            streams.awaitClosedByTime(SHORT, Closing.SLOW_WRITER, 1);
            StreamServer.assertEnded(slow);
        }
    }

    @Test
    @DisplayName("The deadline runs from the first octet, however many follow it")
    void tricklingDoesNotExtendTheDeadline() throws IOException {
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = streams.connect()) {
            OutputStream out = slow.getOutputStream();
            out.write(new byte[] {(byte) 0xFF, (byte) 0xFF, 0}); // so long a message that nobody trickles it to its end
            await().until(() -> {
                streams.pass(SHORT.dividedBy(10));
                return isCutOff(out);
            });
            streams.awaitClosed(Closing.SLOW_WRITER, 1);
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
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, SHORT));
        try (Socket idle = streams.connect();
                Socket used = streams.connect()) {
            StreamServer.ask(used, 1, TestPlans.HOST);
            Wire.read(used);
            streams.awaitClosedByTime(SHORT, Closing.IDLE, 2);
            StreamServer.assertEnded(idle);
            StreamServer.assertEnded(used);
        }
    }

    @Test
    void twoHundredIdleConnectionsKeepNobodyOut() throws IOException {
        streams.serve(TestPlans.QUICK.withConnections(100, 100));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(streams.connect());
            }
            streams.awaitClosed(Closing.CROWDED_OUT, 100);
            streams.assertServed();
            StreamServer.assertEnded(idle.get(0));
            StreamServer.ask(idle.get(199), 1, TestPlans.HOST);
            assertThat(Wire.read(idle.get(199)).getHeader().getID()).isEqualTo(1);
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.3: 200 connections with half a message each keep nobody out")
    void halfMessagesKeepNobodyOut() throws IOException {
        streams.serve(TestPlans.QUICK.withConnections(100, 100));
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket half = streams.connect();
                half.getOutputStream().write(0);
                halves.add(half);
            }
            streams.assertServed();
            StreamServer.assertEnded(halves.get(0));
        } finally {
            for (Socket each : halves) {
                each.close();
            }
        }
    }

    @Test
    void connectionsThatTakeTooMuchMemoryTogetherAreClosedTheHeaviestFirst() throws IOException {
        streams.serve(TestPlans.QUICK.withOctetsInAll(1 << 19));
        List<Socket> deaf = new ArrayList<>();
        byte[] frame = Wire.frame(Wire.query(1, TestPlans.HUGE, Type.TXT));
        try (Socket light = streams.connect()) {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                deaf.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(streams.local());
                askUntilClosed(socket, frame, 200);
            }
            await().until(() -> streams.counters().closed(Closing.CROWDED_OUT) > 0);
            StreamServer.ask(light, 3, TestPlans.HOST);
            assertThat(Wire.read(light).getHeader().getID()).isEqualTo(3);
        } finally {
            for (Socket each : deaf) {
                each.close();
            }
        }
    }

    private static void askUntilClosed(Socket socket, byte[] frame, int queries) {
        try {
            for (int query = 0; query < queries; query++) {
                socket.getOutputStream().write(frame);
            }
        } catch (IOException crowdedOut) {
            // as it should be
        }
    }

    @Test
    @DisplayName("A connection is closed after as many queries as it may ask, with every reply it is owed")
    void aConnectionEndsAfterItsQueries() throws IOException {
        streams.serve(TestPlans.QUICK.withCloseAfterQueries(3));
        try (Socket socket = streams.connect()) {
            for (int id = 1; id <= 3; id++) {
                StreamServer.ask(socket, id, TestPlans.HOST);
                assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(id);
            }
            StreamServer.assertEnded(socket);
        }
        streams.assertServed();
    }

    @Test
    @DisplayName("RFC 7828 section 3.4: the idle timeout that a client is told is the one that is kept")
    void theToldIdleTimeoutIsKept() throws IOException {
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, Duration.ofMillis(700)));
        Message query = new Message(Wire.query(1, TestPlans.HOST, Type.A));
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(new TcpKeepaliveOption())), Section.ADDITIONAL);
        try (Socket socket = streams.connect()) {
            socket.getOutputStream().write(Wire.frame(query.toWire()));
            TcpKeepaliveOption told = (TcpKeepaliveOption) Wire.read(socket)
                    .getOPT()
                    .getOptions(EDNSOption.Code.TCP_KEEPALIVE)
                    .get(0);
            assertThat(told.getTimeout()).hasValue(7);
            streams.pass(Duration.ofMillis(600));
            StreamServer.ask(socket, 2, TestPlans.HOST);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);
            streams.awaitClosedByTime(Duration.ofMillis(701), Closing.IDLE, 1);
            StreamServer.assertEnded(socket);
        }
    }

    @Test
    void aClientOverItsCapLosesItsOwnConnections() throws IOException {
        streams.serve(TestPlans.QUICK.withConnections(100, 2));
        try (Socket first = streams.connect();
                Socket busy = streams.connect()) {
            StreamServer.ask(busy, 1, TestPlans.LATER);
            await().until(() -> streams.plans().waiting() == 1);
            streams.assertServed(); // the third: the idle one goes, not the one that waits for its reply
            StreamServer.assertEnded(first);
            streams.plans().completeAll();
            assertThat(Wire.read(busy).getHeader().getID()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"})
    @DisplayName("RFC 7766 section 8: HTTP and TLS on the port are no message, and closed at the read deadline")
    void otherProtocolsAreClosedAtTheReadDeadline(String said) throws IOException {
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket socket = streams.connect()) {
            socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            streams.awaitClosedByTime(SHORT, Closing.SLOW_WRITER, 1);
            StreamServer.assertEnded(socket);
        }
        streams.assertServed();
    }

    @Test
    void aPeerThatNeverReadsIsClosedAndOthersAreServed() throws IOException {
        streams.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, SHORT, LONG));
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(streams.local());
            byte[] frame = Wire.frame(Wire.query(1, TestPlans.HUGE, Type.TXT));
            byte[] many = new byte[frame.length * 200]; // replies of 12 MB: more than all buffers of the system hold
            for (int i = 0; i < 200; i++) {
                System.arraycopy(frame, 0, many, i * frame.length, frame.length);
            }
            deaf.getOutputStream().write(many);
            streams.assertServed();
            streams.awaitClosedByTime(SHORT, Closing.SLOW_READER, 1);
        }
    }

    @Test
    void aSlowReaderGetsEveryReply() throws IOException {
        streams.serve(TestPlans.QUICK.withBacklogPerConnection(8, 30_000));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(Wire.PATIENCE_MILLIS);
            socket.connect(streams.local());
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
}
