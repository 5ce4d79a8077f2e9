package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

class ServerMainTest {
    @TempDir
    private Path folder;

    @Test
    void theSampleClusterIsServedOverUdpAndTcpUntilSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, "-dns.port", "0")) {
            int port = server.port();
            assertThat(Dig.udp(port).answers("web.shop.svc.cluster.local", Type.A))
                    .containsExactly("NOERROR", "web.shop.svc.cluster.local. A 192.0.2.10");
            assertThat(Dig.tcp(port).answers("orders.shop.svc.cluster.local", Type.A))
                    .containsExactly(
                            "NOERROR",
                            "orders.shop.svc.cluster.local. A 198.51.100.1",
                            "orders.shop.svc.cluster.local. A 198.51.100.2",
                            "orders.shop.svc.cluster.local. A 198.51.100.3");
            server.awaitLine("try: dig @127.0.0.1 -p "); // told after the port: a signal would cut it off
            assertThat(server.terminate()).isZero();
            assertThat(server.lines()).contains("zone cluster.local.").noneMatch(line -> line.contains("Exception"));
        }
    }

    static Stream<Arguments> brokenCorefiles() {
        return Stream.of(
                arguments(
                        "example.org {\n  fiel db\n}", "Corefile:2:3: unknown directive 'fiel', did you mean 'file'?"),
                arguments("example.org {\n  whoami\n", "Corefile:1:13: "),
                arguments(
                        "example.org {\n  kubernetes cluster.local {\n    pods sometimes\n  }\n}", "Corefile:3:10: "));
    }

    @ParameterizedTest
    @MethodSource("brokenCorefiles")
    void aBrokenCorefileIsRefusedWithItsPlaceAndNothingStarts(String text, String fault) throws Exception {
        Files.writeString(folder.resolve("Corefile"), text);
        try (ServerProcess server = ServerProcess.start(folder, "-conf", "Corefile")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.lines()).singleElement().asString().contains(fault);
        }
    }

    @Test
    void sigtermEndsAServerThatStillWaitsForItsCluster() throws Exception {
        Files.writeString(
                folder.resolve("Corefile"),
                ".:0 {\n  bind 127.0.0.1\n  health 127.0.0.1:0\n  kubernetes cluster.local {\n    endpoint http://127.0.0.1:1\n"
                        + "    startup_timeout 10m\n  }\n}");
        try (ServerProcess server = ServerProcess.start(folder, "-conf", "Corefile")) {
            server.awaitLine("cannot watch");
            assertThat(server.terminate()).isZero();
            assertThat(server.lines()).noneMatch(line -> line.contains("InterruptedException"));
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                ServerProcess server =
                        ServerProcess.start(folder, "-dns.port", Integer.toString(taken.getLocalPort()))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.lines())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + taken.getLocalPort())
                    .contains("Address already in use");
        }
    }

    @Test
    void validateOpensNothingAndSaysWhatItFound() throws Exception {
        Files.writeString(folder.resolve("Corefile"), ".:0 {\n  bind 127.0.0.1\n  whoami\n}");
        try (ServerProcess server = ServerProcess.start(folder, "-conf", "Corefile", "-validate")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.lines()).containsExactly("Corefile: valid");
        }
    }

    @Test
    void validateRefusesAZoneFileThatAServerWouldWaitFor() throws Exception {
        Files.writeString(folder.resolve("Corefile"), "example.org:0 {\n  bind 127.0.0.1\n  file db.example\n}");
        try (ServerProcess server = ServerProcess.start(folder, "-conf", "Corefile", "-validate")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.lines())
                    .anyMatch(line -> line.contains("Corefile:3:8: 'file' cannot use this zone file: ")
                            && line.endsWith("db.example: a zone file is wanted, found no such file"))
                    .doesNotContain("Corefile: valid");
        }
    }

    @Test
    void pluginsNamesEveryDirectiveOfTheDefaultKubernetesCorefile() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, "-plugins")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.lines())
                    .containsSubsequence("health", "prometheus", "errors", "loadbalance", "cache", "kubernetes")
                    .contains("ready", "reload", "forward", "loop", "bind", "file", "log", "hosts", "whoami");
        }
    }

    @Test
    void versionSaysTheProgramAndThePlatform() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, "-version")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.lines()).hasSize(2).first().asString().startsWith("Waypost-");
        }
    }

    @Test
    void anUnknownFlagIsNamed() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(folder, "-nonsense")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.lines()).anyMatch(line -> line.contains("-nonsense"));
        }
    }
}
