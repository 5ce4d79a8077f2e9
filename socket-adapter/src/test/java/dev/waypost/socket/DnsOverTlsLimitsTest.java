package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.socket.SocketCounters.Closing;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Clients of DNS over TLS that stall, trickle, never read, or speak something else: nobody else notices. */
class DnsOverTlsLimitsTest {
    private static final Duration LONG = TestPlans.LONG;
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private TlsServer tls;

    @BeforeEach
    void start() {
        tls = new TlsServer(folder);
    }

    @AfterEach
    void stop() {
        long failures = tls.counters().failures();
        tls.close();
        assertThat(failures).isZero();
    }

    private static byte[] octets(String hex) {
        return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static boolean isCutOff(Socket socket) {
        try {
            socket.getOutputStream().write(0);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    @DisplayName("A client that asks for new keys for ever, and for nothing else, loses its stream")
    void endlessKeyUpdatesAreRefused() throws IOException {
        try (SSLSocket socket = tls.open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            await().until(() -> {
                renewKeys(socket);
                return tls.counters().closed(Closing.MALFORMED) == 1;
            });
        }
    }

    private static void renewKeys(SSLSocket socket) {
        try {
            socket.startHandshake();
        } catch (IOException closed) {
            // as it should be, in the end; the server may count it a moment later
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16 03 01 02 00 01", "16 03 01 02 00 01 00 01 fc 03 03 00 00 00 00 00 00 00 00 00"})
    @DisplayName("RFC 7766 section 6.2.3: a handshake that stalls is cut off at the read deadline and holds nobody")
    void stalledHandshakesAreCutOff(String begun) throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket stalled = tls.connect()) {
            stalled.getOutputStream().write(octets(begun));
            tls.awaitClosedByTime(SHORT, Closing.HANDSHAKE, 1);
            StreamServer.assertEnded(stalled);
        }
    }

    @Test
    @DisplayName("A handshake that trickles is cut off all the same")
    void tricklingHandshakesAreCutOff() throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = tls.connect()) {
            byte[] hello = octets("16 03 01 40 00");
            slow.getOutputStream().write(hello);
            await().until(() -> {
                tls.pass(SHORT.dividedBy(10));
                return isCutOff(slow);
            });
        }
        tls.awaitClosed(Closing.HANDSHAKE, 1);
    }

    @Test
    @DisplayName(
            "RFC 7858 section 3.1: on its port nothing is said in clear text: DNS and HTTP in clear are closed at once")
    void clearTextIsRefused() throws IOException {
        List<byte[]> clear = List.of(
                Wire.frame(Wire.query(1, TestPlans.HOST, Type.A)),
                "GET / HTTP/1.1\r\nHost: example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (byte[] octets : clear) {
            try (Socket socket = tls.connect()) {
                socket.getOutputStream().write(octets);
                byte[] said = socket.getInputStream().readAllBytes();
                assertThat(said).as("an alert at most").hasSizeLessThanOrEqualTo(7);
            }
        }
        tls.awaitClosed(Closing.HANDSHAKE, 2);
        tls.assertServed();
    }

    @Test
    void anIdleStreamIsClosedWithAGoodbye() throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, SHORT));
        try (SSLSocket socket = tls.open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            tls.awaitClosedByTime(SHORT, Closing.IDLE, 1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aResetHarmsNobodyElse() throws IOException {
        for (int step = 0; step < 4; step++) {
            Socket raw = tls.connect();
            raw.setSoLinger(true, 0);
            if (step == 1) {
                raw.getOutputStream().write(octets("16 03 01"));
            } else if (step > 1) {
                SSLSocket socket = (SSLSocket) TlsServer.client()
                        .getSocketFactory()
                        .createSocket(raw, "127.0.0.1", tls.local().getPort(), false);
                socket.startHandshake();
                if (step == 3) {
                    TlsServer.ask(socket, 1, TestPlans.LATER, Type.A);
                }
            }
            raw.close();
            tls.assertServed();
        }
        tls.completeAll();
        tls.assertServed();
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.2: connections that only shake hands make room for new ones, the oldest first")
    void unfinishedHandshakesKeepNobodyOut() throws IOException {
        tls.serve(TestPlans.QUICK.withConnections(20, 20));
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                stalled.add(tls.connect());
            }
            tls.awaitClosed(Closing.CROWDED_OUT, 20);
            tls.assertServed();
            StreamServer.assertEnded(stalled.get(0));
        } finally {
            for (Socket each : stalled) {
                each.close();
            }
        }
    }

    @Test
    void aPeerThatNeverReadsIsClosedAndOthersAreServed() throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, SHORT, LONG));
        try (Socket raw = new Socket()) {
            raw.setReceiveBufferSize(4096);
            raw.connect(tls.local());
            SSLSocket deaf = (SSLSocket) TlsServer.client()
                    .getSocketFactory()
                    .createSocket(raw, "127.0.0.1", tls.local().getPort(), false);
            for (int id = 0; id < 200; id++) {
                TlsServer.ask(deaf, id, TestPlans.HUGE, Type.TXT);
            }
            tls.assertServed();
            tls.awaitClosedByTime(SHORT, Closing.SLOW_READER, 1);
        }
    }
}
