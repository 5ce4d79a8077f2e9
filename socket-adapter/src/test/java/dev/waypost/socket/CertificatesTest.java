package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.socket.tls.ClientAuthentication;
import dev.waypost.socket.tls.ServerTls;
import dev.waypost.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificates of DNS over TLS: the server's, which change, and those of clients. */
class CertificatesTest {
    private static final TestCertificate STRANGER =
            TestCertificate.authority("elsewhere.example").issue("stranger.example");

    @TempDir
    private Path folder;

    private static X509Certificate shown(TlsServer server) throws IOException {
        try (SSLSocket socket = server.open(TlsServer.client())) {
            TlsServer.assertAnswered(socket);
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static double metric(ServerTls tls, String name) {
        List<Metric> metrics = new ArrayList<>();
        tls.collect(metrics::add);
        Metric found = metrics.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return found instanceof Metric.Counter counter ? counter.value() : ((Metric.Gauge) found).value();
    }

    @Test
    void aChangedCertificateIsShownFromTheNextHandshakeOn() throws IOException {
        try (TlsServer server = new TlsServer(folder);
                SSLSocket before = server.open(TlsServer.client())) {
            TlsServer.assertAnswered(before);
            X509Certificate first = shown(server);
            assertThat(server.tls().refresh()).as("nothing has changed").isFalse();
            TestCertificate next = TlsServer.AUTHORITY.issue("next.example", TestCertificate.rsaKeys());
            next.write(folder);

            assertThat(server.tls().refresh()).isTrue();

            assertThat(shown(server)).isEqualTo(next.certificate()).isNotEqualTo(first);
            assertThat(metric(server.tls(), "waypost_tls_certificate_not_after_seconds"))
                    .isEqualTo(next.certificate().getNotAfter().toInstant().getEpochSecond());
            TlsServer.assertAnswered(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert.pem", "key.pem", "ca.pem"})
    void filesThatCannotBeUsedLeaveTheOldOnesWithAnAlarm(String broken) throws IOException {
        try (TlsServer server = new TlsServer(folder)) {
            X509Certificate first = shown(server);
            Path file = folder.resolve(broken);
            String good = Files.readString(file);
            Files.writeString(file, "-----BEGIN NOTHING-----\n");

            assertThat(server.tls().refresh()).isFalse();

            assertThat(shown(server)).isEqualTo(first);
            assertThat(metric(server.tls(), "waypost_tls_certificate_refusals_total"))
                    .isEqualTo(1);
            Files.delete(file);
            assertThat(server.tls().refresh()).isFalse();
            assertThat(shown(server)).isEqualTo(first);
            Files.writeString(file, good);
            assertThat(server.tls().refresh()).as("as they were").isFalse();
            assertThat(metric(server.tls(), "waypost_tls_certificate_refusals_total"))
                    .isEqualTo(2);
        }
    }

    @Test
    void halfAChangeIsRefusedAndTheWholeIsTaken() throws IOException {
        try (TlsServer server = new TlsServer(folder)) {
            X509Certificate first = shown(server);
            TestCertificate next = TlsServer.AUTHORITY.issue("next.example");
            Files.writeString(folder.resolve("cert.pem"), next.chainPem());
            assertThat(server.tls().refresh())
                    .as("certificate and key do not fit")
                    .isFalse();
            assertThat(shown(server)).isEqualTo(first);

            Files.writeString(folder.resolve("key.pem"), next.keyPem());

            assertThat(server.tls().refresh()).isTrue();
            assertThat(shown(server)).isEqualTo(next.certificate());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, none, true",
        "NONE, ours, true",
        "REQUESTED, none, true",
        "REQUESTED, ours, true",
        "REQUESTED, stranger, true",
        "REQUIRED, none, false",
        "REQUIRED, ours, true",
        "REQUIRED, stranger, true",
        "VERIFIED_IF_GIVEN, none, true",
        "VERIFIED_IF_GIVEN, ours, true",
        "VERIFIED_IF_GIVEN, stranger, false",
        "REQUIRED_AND_VERIFIED, none, false",
        "REQUIRED_AND_VERIFIED, ours, true",
        "REQUIRED_AND_VERIFIED, stranger, false",
    })
    @DisplayName("What client_auth wants of clients' certificates, in TLS 1.3 and 1.2")
    void clientCertificates(ClientAuthentication wanted, String shown, boolean answered) throws IOException {
        Optional<TestCertificate> certificate = switch (shown) {
            case "ours" -> Optional.of(TlsServer.AUTHORITY.issue("client.example"));
            case "stranger" -> Optional.of(STRANGER);
            default -> Optional.empty();
        };
        SSLContext client = TlsServer.client(certificate);
        try (TlsServer server = new TlsServer(folder, wanted)) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket socket = server.open(client)) {
                    socket.setEnabledProtocols(new String[] {protocol});
                    if (answered) {
                        TlsServer.assertAnswered(socket);
                    } else {
                        assertThatThrownBy(() -> TlsServer.assertAnswered(socket))
                                .as(protocol)
                                .isInstanceOf(IOException.class);
                    }
                }
            }
        }
    }

    @Test
    void aKeyThatTheJdkCannotServeWithIsRefusedAtOnce() {
        TlsServer.AUTHORITY.issue("dns.example", TestCertificate.edKeys()).write(folder);

        assertThatThrownBy(() -> ServerTls.of(folder.resolve("cert.pem"), folder.resolve("key.pem")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("key.pem: wants an RSA or EC key, found EdDSA");
    }
}
