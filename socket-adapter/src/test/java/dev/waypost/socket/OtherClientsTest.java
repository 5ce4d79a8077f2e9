package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.wire.WirePolicy;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked by other people's programs, where they are installed: BIND's dig, Knot's kdig, OpenSSL. */
class OtherClientsTest {
    @TempDir
    private Path folder;

    private static String program(String name) {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), name + " is not installed");
        return found.get().toString();
    }

    private static String run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(program)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void digAsksOverTls() throws IOException {
        assumeTrue(run("dig", "-h").contains("+[no]tls"), "this dig knows no TLS");
        try (TlsServer server = new TlsServer(folder)) {
            String said = run(
                    "dig",
                    "@127.0.0.1",
                    "-p" + server.local().getPort(),
                    "+tls-ca=" + folder.resolve("ca.pem"),
                    "+tls-hostname=127.0.0.1",
                    "+tries=1",
                    "+time=60",
                    TestPlans.HOST,
                    "A");

            assertThat(said).contains("status: NOERROR", "192.0.2.1", "(TLS)");
        }
    }

    @Test
    @DisplayName("RFC 7830, RFC 7828: kdig asks over TLS, and its padded query has a padded reply")
    void kdigAsksOverTls() throws IOException {
        try (TlsServer server = new TlsServer(folder)) {
            String said = run(
                    "kdig",
                    "@127.0.0.1",
                    "-p" + server.local().getPort(),
                    "+tls-ca=" + folder.resolve("ca.pem"),
                    "+tls-hostname=127.0.0.1",
                    "+padding",
                    "+retry=0",
                    "+time=60",
                    TestPlans.HOST,
                    "A");

            assertThat(said).contains("TLS session", "status: NOERROR", "192.0.2.1", "PADDING");
        }
    }

    @Test
    void opensslShakesHandsAndResumes() throws IOException {
        try (TlsServer server = new TlsServer(folder)) {
            String said = run(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + server.local().getPort(),
                    "-CAfile",
                    folder.resolve("ca.pem").toString(),
                    "-alpn",
                    "dot",
                    "-tls1_2",
                    "-reconnect");

            assertThat(said).contains("ALPN protocol: dot", "Verify return code: 0 (ok)", "Reused, TLSv1.2");
        }
    }

    @Test
    @DisplayName("RFC 7873 section 5.3: dig finds the cookie good")
    void digBelievesOurCookie() throws IOException {
        try (StreamServer server = new StreamServer()) {
            server.serve(TestPlans.QUICK.withPolicy(WirePolicy.OPEN.withCookies(
                    ServerCookies.of(CookieSecrets.rolling()).withRequired(true))));
            String said = run(
                    "dig",
                    "@127.0.0.1",
                    "-p" + server.local().getPort(),
                    "+cookie",
                    "+tries=1",
                    "+time=60",
                    TestPlans.HOST,
                    "A");

            assertThat(said).contains("status: NOERROR", "192.0.2.1", "(good)");
        }
    }
}
