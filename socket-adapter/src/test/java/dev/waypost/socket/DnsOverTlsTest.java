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
import java.nio.file.Path;
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
        try (SSLSocket socket = tls.open(protocol)) {
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
        try (SSLSocket socket = tls.open(protocol)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
        tls.assertServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    @DisplayName("RFC 7858 section 3.3, RFC 7766 section 6.2.1.1: pipelined queries are all answered, out of order")
    void pipelinedQueriesAreAnswered(String protocol) throws IOException {
        try (SSLSocket socket = tls.open(protocol)) {
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
        try (SSLSocket socket = tls.open(protocol)) {
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
        try (SSLSocket socket = tls.open("TLSv1.2")) {
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
        try (SSLSocket socket = tls.open("TLSv1.3")) {
            TlsServer.assertAnswered(socket);
            socket.startHandshake(); // in TLS 1.3 this asks for new keys
            TlsServer.assertAnswered(socket);
        }
    }

    @Test
    @DisplayName("RFC 8446 section 6.1: a client that says goodbye still gets what it is owed, and then our goodbye")
    void aHalfClosedStreamGetsItsReplies() throws IOException {
        try (SSLSocket socket = tls.open("TLSv1.3")) {
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
    void aStopSendsWhatIsOwed() throws IOException {
        tls.serve(TestPlans.PATIENT);
        try (SSLSocket socket = tls.open("TLSv1.3")) {
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
        tls.assertServed();
        assertThat(StartAndStopTest.serverThreads()).doesNotContain("waypost-udp-" + LocalAddress.written(tls.local()));
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
