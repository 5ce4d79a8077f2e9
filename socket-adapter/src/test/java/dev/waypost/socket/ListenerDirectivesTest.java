package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.testing.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The directives {@code timeouts}, {@code multisocket}, {@code tls}, {@code cookies} and {@code rrl}. */
class ListenerDirectivesTest {
    static final List<Arguments> FAULTS = List.of(
            Arguments.of("timeouts", "2:1: 'timeouts' wants read, write, idle or maxtcpqueries, found nothing"),
            Arguments.of("timeouts 5s", "2:10: 'timeouts' wants no argument, found \"5s\""),
            Arguments.of("timeouts {\n read\n}", "3:2: 'read' wants a duration as 5s, found 0 arguments"),
            Arguments.of("timeouts {\n read 999ms\n}", "3:7: 'read' wants a duration 1s..24h, found \"999ms\""),
            Arguments.of("timeouts {\n idle 25h\n}", "3:7: 'idle' wants a duration 1s..24h, found \"25h\""),
            Arguments.of("timeouts {\n write soon\n}", "3:8: 'write' wants a duration as 5s or 1m30s, found \"soon\""),
            Arguments.of("timeouts {\n wait 5s\n}", "3:2: 'timeouts' has no option 'wait'"),
            Arguments.of(
                    "timeouts {\n maxtcpqueries 0\n}",
                    "3:16: 'maxtcpqueries' wants a number 1..2147483647, found \"0\""),
            Arguments.of("multisocket 0", "2:13: 'multisocket' wants a number 1..1024, found \"0\""),
            Arguments.of("multisocket 1025", "2:13: 'multisocket' wants a number 1..1024, found \"1025\""),
            Arguments.of("multisocket 1 2", "2:15: 'multisocket' wants one number of sockets, found 2 arguments"),
            Arguments.of("multisocket {\n x\n}", "3:2: 'multisocket' wants no block, found \"x\""),
            Arguments.of("tls cert.pem", "2:1: 'tls' wants CERT KEY [CA], found 1 arguments"),
            Arguments.of("tls a b c d", "2:1: 'tls' wants CERT KEY [CA], found 4 arguments"),
            Arguments.of(
                    "tls a b {\n client_auth maybe\n}",
                    "3:14: 'client_auth' wants nocert, request, require, verify_if_given or require_and_verify, found \"maybe\""),
            Arguments.of("tls a b {\n keylog f\n}", "3:2: 'keylog' cannot be had: the JDK tells no TLS secrets"),
            Arguments.of("tls a b {\n acme {\n x\n}\n}", "4:2: 'acme' wants no block, found \"x\""),
            Arguments.of("tls a b {\n ciphers\n}", "3:2: 'tls' has no option 'ciphers'"),
            Arguments.of("cookies x", "2:9: 'cookies' wants no argument, found \"x\""),
            Arguments.of("cookies {\n secret\n}", "3:2: 'secret' wants 32 hexadecimal digits, found nothing"),
            Arguments.of("cookies {\n secret 0011\n}", "3:9: 'secret' wants 32 hexadecimal digits, found 4 characters"),
            Arguments.of("cookies {\n require yes\n}", "3:10: 'require' wants no argument, found \"yes\""),
            Arguments.of("cookies {\n x\n}", "3:2: 'cookies' has no option 'x'"),
            Arguments.of("rrl", "2:1: 'rrl' wants the option responses-per-second"),
            Arguments.of("rrl . {\n x\n}", "2:5: 'rrl' wants no argument, found \".\""),
            Arguments.of(
                    "rrl {\n responses-per-second 0\n}",
                    "3:23: 'responses-per-second' wants a number 1..1000000, found \"0\""),
            Arguments.of(
                    "rrl {\n ipv4-prefix-length 33\n}",
                    "3:21: 'ipv4-prefix-length' wants a number 1..32, found \"33\""),
            Arguments.of("rrl {\n slip-ratio -1\n}", "3:13: 'slip-ratio' wants a number 0..1000, found \"-1\""),
            Arguments.of(
                    "rrl {\n exempt lo\n}",
                    "3:9: 'exempt' wants an address or a network as 192.0.2.0/24, found \"lo\""),
            Arguments.of(
                    "rrl {\n errors-per-second 5\n}",
                    "3:2: 'errors-per-second' is not known here: replies of every kind count together"),
            Arguments.of("rrl {\n window 15\n}", "3:2: option 'window' of 'rrl' is not supported yet"),
            Arguments.of("rrl {\n x\n}", "3:2: 'rrl' has no option 'x'"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("FAULTS")
    void faultsAreNamedByTheirPlace(String directive, String fault) {
        assertThatThrownBy(() -> CorefilePlanner.installed().plan(".:0 {\n" + directive + "\n}", "Corefile", folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:" + fault);
    }

    private CorefileServer start(String corefile) throws IOException {
        return CorefileServer.start(write(corefile), CorefilePlanner.installed(), TestPlans.QUICK);
    }

    private Path write(String corefile) throws IOException {
        return Files.writeString(folder.resolve("Corefile"), corefile);
    }

    private static InetSocketAddress local(CorefileServer server) {
        return server.server().addresses().get(0);
    }

    private static ServerOptions options(CorefileServer server) {
        return server.server().listenerBindings().all().iterator().next().options();
    }

    @Test
    void timeoutsHoldForTheBlocksListenersAndChangeWithAReload() throws IOException {
        String corefile = """
                .:0 {
                    bind 127.0.0.1
                    timeouts {
                        read 7
                        idle 1m
                        maxtcpqueries 2
                    }
                    whoami
                }
                """;
        try (CorefileServer server = start(corefile)) {
            assertThat(options(server).readTimeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(options(server).writeTimeout()).isEqualTo(TestPlans.QUICK.writeTimeout());
            assertThat(options(server).idleTimeout()).isEqualTo(Duration.ofMinutes(1));
            assertThat(options(server).closeAfterQueries()).isEqualTo(2);
            InetSocketAddress before = local(server);

            write(corefile.replace("idle 1m", "idle 2m").replace("maxtcpqueries 2", "maxtcpqueries -1"));
            assertThat(server.reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);

            assertThat(local(server)).as("the same socket").isEqualTo(before);
            assertThat(options(server).idleTimeout()).isEqualTo(Duration.ofMinutes(2));
            assertThat(options(server).closeAfterQueries()).isZero();
        }
    }

    @Test
    void aBlockChangesNothingForTheListenersOfOthers() throws IOException {
        try (CorefileServer server = start("""
                example.org:0 {
                    bind 127.0.0.1
                    timeouts {
                        idle 1m
                    }
                    whoami
                }
                example.net:0 {
                    bind 127.0.0.2
                    whoami
                }
                """)) {
            assertThat(server.server().listenerBindings().all())
                    .extracting(each -> each.options().idleTimeout())
                    .containsExactly(Duration.ofMinutes(1), TestPlans.QUICK.idleTimeout());
        }
    }

    @Test
    void multisocketSaysHowManyDatagramSocketsThereAre() throws IOException {
        try (CorefileServer server = start(".:0 {\n bind 127.0.0.1\n multisocket 3\n whoami\n}")) {
            String name = "waypost-udp-" + LocalAddress.written(local(server));
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(name))
                    .count();
            assertThat(threads).isEqualTo(3);
        }
        try (CorefileServer server = start(".:0 {\n bind 127.0.0.1\n multisocket\n whoami\n}")) {
            assertThat(options(server).udpWorkers())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }

    private String tlsCorefile(String options) {
        return "tls://.:0 {\n bind 127.0.0.1\n tls cert.pem key.pem ca.pem {\n" + options + "\n}\n whoami\n}";
    }

    private static void assertAnswered(CorefileServer server, SSLContext client) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                .createSocket(
                        Wire.connect(local(server)), "127.0.0.1", local(server).getPort(), true)) {
            TlsServer.ask(socket, 3, "www.example.org.", Type.A);
            assertThat(Wire.read(socket).getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void tlsServesDnsOverTlsWithTheFilesOfTheCorefilesFolder() throws IOException {
        TlsServer.AUTHORITY.issue("dns.example").write(folder);
        TlsServer.AUTHORITY.writeCertificate(folder.resolve("ca.pem"));
        try (CorefileServer server = start(tlsCorefile("client_auth require_and_verify"))) {
            assertAnswered(server, TlsServer.client(Optional.of(TlsServer.AUTHORITY.issue("client.example"))));
            assertThatThrownBy(() -> assertAnswered(server, TlsServer.client())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void badFilesAreFoundBeforeAnythingIsServedAndAReloadWithThemIsRejected() throws IOException {
        TlsServer.AUTHORITY.writeCertificate(folder.resolve("ca.pem"));
        assertThatThrownBy(() -> start(tlsCorefile("reload 1h")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cert.pem: cannot be read");
        TestCertificate good = TlsServer.AUTHORITY.issue("dns.example");
        good.write(folder);
        try (CorefileServer server = start(tlsCorefile("reload 1h"))) {
            Files.writeString(
                    folder.resolve("key.pem"),
                    TlsServer.AUTHORITY.issue("other.example").keyPem());
            assertThat(server.reloadNow()).isInstanceOf(ReloadOutcome.Rejected.class);
            assertAnswered(server, TlsServer.client());
        }
    }

    @Test
    void aTlsBlockWithoutTheDirectiveIsRefused() {
        assertThatThrownBy(() -> start("tls://.:0 {\n bind 127.0.0.1\n whoami\n}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("tls://127.0.0.1:0: wants a certificate: the directive 'tls', or ServerOptions.withTls");
    }

    @Test
    @DisplayName("RFC 7858 section 3.1: tls:// without a port is port 853, whatever the port of dns:// is")
    void tlsHasItsOwnPort() throws IOException {
        TlsServer.AUTHORITY.issue("dns.example").write(folder);
        String corefile = "tls://example.org dns://example.org {\n tls cert.pem key.pem\n whoami\n}";

        assertThat(CorefilePlanner.installed()
                        .withDefaultPort(1053)
                        .plan(corefile, "Corefile", folder)
                        .listenPoints())
                .containsExactlyInAnyOrder(ListenPoint.tls(853), ListenPoint.dns(1053));
    }
}
