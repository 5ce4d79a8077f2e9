package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.SocketCounters.Closing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** DNS over TLS, asked by the JDK's own client. */
class DnsOverTlsTest {
    private static final Duration LONG = StreamServer.LONG;
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

    private SSLSocket open(String protocol) throws IOException {
        SSLSocket socket = tls.open(TlsServer.client());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private SSLSocket offering(String... protocols) throws IOException {
        SSLSocket socket = tls.open(TlsServer.client());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    @DisplayName("RFC 7858 section 3.3: one query after another on one stream, and resolvers know that it is TLS")
    void queriesAreAnswered(String protocol) throws IOException {
        try (SSLSocket socket = open(protocol)) {
            for (int id = 1; id <= 3; id++) {
                TlsServer.ask(socket, id, TestPlans.HOST, Type.TXT);
                Message reply = Wire.read(socket);
                assertThat(reply.getHeader().getID()).isEqualTo(id);
                assertThat(Wire.firstOf(reply)).startsWith("\"TLS 127.0.0.1 ");
            }
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    @DisplayName("RFC 7301 section 3.2: \"dot\" is chosen where it is offered, others are refused, and none is needed")
    void alpnIsDot() throws IOException {
        try (SSLSocket dot = offering("h2", "dot")) {
            TlsServer.assertAnswered(dot);
            assertThat(dot.getApplicationProtocol()).isEqualTo("dot");
        }
        try (SSLSocket other = offering("h2")) {
            assertThatThrownBy(other::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
        tls.awaitClosed(Closing.HANDSHAKE, 1);
        try (SSLSocket none = offering()) {
            TlsServer.assertAnswered(none);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    @DisplayName("RFC 8996: TLS 1.0 and 1.1 are refused")
    void oldVersionsAreRefused(String protocol) throws IOException {
        try (SSLSocket socket = open(protocol)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
        tls.assertServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    @DisplayName("RFC 7858 section 3.3, RFC 7766 section 6.2.1.1: pipelined queries are all answered, out of order")
    void pipelinedQueriesAreAnswered(String protocol) throws IOException {
        try (SSLSocket socket = open(protocol)) {
            ByteArrayOutputStream queries = new ByteArrayOutputStream();
            queries.writeBytes(Wire.frame(Wire.query(1000, TestPlans.LATER, Type.A)));
            for (int id = 0; id < 50; id++) {
                queries.writeBytes(Wire.frame(Wire.query(id, TestPlans.HOST, Type.A)));
            }
            socket.getOutputStream().write(queries.toByteArray());
            Set<Integer> ids = new HashSet<>();
            while (ids.size() < 50) {
                ids.add(Wire.read(socket).getHeader().getID());
            }
            assertThat(ids).doesNotContain(1000);
            tls.completeAll();
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    @DisplayName("RFC 8446 section 5.1: messages and records need not begin or end together")
    void messagesAndRecordsAreApart(String protocol) throws IOException {
        try (SSLSocket socket = open(protocol)) {
            for (byte octet : Wire.frame(Wire.query(5, TestPlans.HOST, Type.A))) {
                socket.getOutputStream().write(octet); // a record for each
            }
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(5);
            for (int id = 0; id < 20; id++) { // a reply is more than one record
                TlsServer.ask(socket, id, TestPlans.BIG, Type.TXT);
            }
            for (int id = 0; id < 20; id++) {
                assertThat(Wire.read(socket).getSection(1)).hasSize(101);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    @DisplayName("RFC 7858 section 3.4: a session is taken up again")
    void sessionsAreResumed(String protocol) throws IOException {
        SSLContext client = TlsServer.client();
        List<Long> begun = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (SSLSocket socket = tls.open(client)) {
                socket.setEnabledProtocols(new String[] {protocol});
                TlsServer.assertAnswered(socket);
                begun.add(socket.getSession().getCreationTime());
            }
            await().until(() -> tls.counters().closed(Closing.BY_CLIENT) > 0);
        }
        assertThat(begun.get(1)).isEqualTo(begun.get(0));
    }

    @Test
    @DisplayName("RFC 9325 section 3.5: a client that wants to negotiate again loses its stream")
    void renegotiationIsRefused() throws IOException {
        try (SSLSocket socket = open("TLSv1.2")) {
            TlsServer.assertAnswered(socket);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        TlsServer.assertAnswered(socket);
                    })
                    .isInstanceOf(IOException.class);
        }
        tls.awaitClosed(Closing.MALFORMED, 1);
        tls.assertServed();
    }

    @Test
    @DisplayName("RFC 8446 section 4.6.3: new keys in the middle of a stream are taken")
    void keyUpdatesAreTaken() throws IOException {
        try (SSLSocket socket = open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            socket.startHandshake(); // in TLS 1.3 this asks for new keys
            TlsServer.assertAnswered(socket);
        }
    }

    @Test
    @DisplayName("A client that asks for new keys for ever, and for nothing else, loses its stream")
    void endlessKeyUpdatesAreRefused() throws IOException {
        try (SSLSocket socket = open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            await().ignoreExceptions().until(() -> {
                socket.startHandshake();
                return tls.counters().closed(Closing.MALFORMED) == 1;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16 03 01 02 00 01", "16 03 01 02 00 01 00 01 fc 03 03 00 00 00 00 00 00 00 00 00"})
    @DisplayName("RFC 7766 section 6.2.3: a handshake that stalls is cut off at the read deadline and holds nobody")
    void stalledHandshakesAreCutOff(String begun) throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket stalled = tls.connect()) {
            stalled.getOutputStream().write(octets(begun));
            StreamServer.assertEnded(stalled);
        }
        tls.awaitClosed(Closing.HANDSHAKE, 1);
    }

    private static byte[] octets(String hex) {
        return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    @DisplayName("A handshake that trickles is cut off all the same")
    void tricklingHandshakesAreCutOff() throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(SHORT, LONG, LONG));
        try (Socket slow = tls.connect()) {
            byte[] hello = octets("16 03 01 40 00");
            slow.getOutputStream().write(hello);
            await().pollInterval(Duration.ofMillis(20)).until(() -> isCutOff(slow));
        }
        tls.awaitClosed(Closing.HANDSHAKE, 1);
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
    @DisplayName("RFC 8446 section 6.1: a client that says goodbye still gets what it is owed, and then our goodbye")
    void aHalfClosedStreamGetsItsReplies() throws IOException {
        try (SSLSocket socket = open("TLSv1.3")) {
            TlsServer.ask(socket, 1, TestPlans.LATER, Type.A);
            await().until(() -> tls.waiting() == 1);
            socket.shutdownOutput();

            tls.completeAll();

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            assertThat(socket.getInputStream().read()).as("close_notify").isEqualTo(-1);
        }
        tls.awaitClosed(Closing.BY_CLIENT, 1);
    }

    @Test
    void anIdleStreamIsClosedWithAGoodbye() throws IOException {
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, SHORT));
        try (SSLSocket socket = open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        tls.awaitClosed(Closing.IDLE, 1);
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
        tls.serve(TestPlans.QUICK.withConnectionTimeouts(LONG, LONG, LONG).withConnections(20, 20));
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
            for (int id = 0; id < 400; id++) {
                TlsServer.ask(deaf, id, TestPlans.BIG, Type.TXT);
            }
            tls.assertServed();
            tls.awaitClosed(Closing.SLOW_READER, 1);
        }
    }

    @Test
    void aStopSendsWhatIsOwed() throws IOException {
        try (SSLSocket socket = open("TLSv1.3")) {
            TlsServer.ask(socket, 1, TestPlans.LATER, Type.A);
            await().until(() -> tls.waiting() == 1);
            Thread stopping = new Thread(() -> tls.server().close());
            stopping.start();
            await().until(() -> {
                tls.completeAll();
                return socket.getInputStream().available() > 0 || !stopping.isAlive();
            });

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("RFC 7858 section 3.1: DNS over TLS is not served over UDP")
    void noDatagramSocketIsOpened() throws IOException {
        try (java.net.DatagramSocket same = new java.net.DatagramSocket(tls.local())) {
            assertThat(same.isBound()).isTrue();
        }
    }

    @Test
    void aTlsListenPointWithoutCertificateIsRefused() {
        try (DnsEngine engine =
                DnsEngine.of(TestPlans.saying("192.0.2.1").build()).start()) {
            DnsServer.Builder bare = DnsServer.builder(engine).listen(new ListenPoint("tls", "127.0.0.1", 0));

            assertThatThrownBy(bare::start)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "tls://127.0.0.1:0: wants a certificate: the directive 'tls', or ServerOptions.withTls");
        }
    }
}
