package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.corefile.CorefilePlanner;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the directives {@code cookies} and {@code rrl} do; their faults are with those of the other directives of listeners. */
class PolicyDirectivesTest {
    private static final byte[] CLIENT = {1, 2, 3, 4, 5, 6, 7, 8};

    @TempDir
    private Path folder;

    private CorefileServer start(String corefile) throws IOException {
        return CorefileServer.start(write(corefile), CorefilePlanner.installed(), TestPlans.QUICK);
    }

    private Path write(String corefile) throws IOException {
        return Files.writeString(folder.resolve("Corefile"), corefile);
    }

    private static InetSocketAddress local(CorefileServer server) {
        return server.server().addresses().get(0);
    }

    private static Message ask(InetSocketAddress server, byte[] cookie) throws IOException {
        Message query =
                Message.newQuery(Record.newRecord(Name.fromConstantString("www.example.org."), Type.A, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option(cookie))), Section.ADDITIONAL);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            Wire.send(socket, query.toWire());
            return Wire.receive(socket);
        }
    }

    private static CookieOption option(byte[] cookie) {
        return cookie.length == CLIENT.length
                ? new CookieOption(cookie)
                : new CookieOption(CLIENT, java.util.Arrays.copyOfRange(cookie, CLIENT.length, cookie.length));
    }

    private static byte[] cookieOf(Message reply) {
        CookieOption option =
                (CookieOption) reply.getOPT().getOptions(EDNSOption.Code.COOKIE).get(0);
        byte[] server = option.getServerCookie().orElseThrow();
        return HexFormat.of()
                .parseHex(HexFormat.of().formatHex(CLIENT) + HexFormat.of().formatHex(server));
    }

    private static String cookies(String options) {
        return ".:0 {\n bind 127.0.0.1\n cookies {\n" + options + "\n}\n whoami\n}";
    }

    private static double silenced(CorefileServer server) {
        List<Metric> metrics = new ArrayList<>();
        server.engine().collect(metrics::add);
        return metrics.stream()
                .filter(each -> each.name().equals("waypost_rate_limited_queries_total"))
                .filter(each -> each.labels().containsValue("silence"))
                .mapToDouble(each -> ((Metric.Counter) each).value())
                .sum();
    }

    @Test
    @DisplayName("RFC 9018 section 5: a secret is rolled over behind, then in front, on two servers that share it")
    void cookieSecretsAreSharedAndRolled() throws IOException {
        String one = "e5e973e5a6b2a43f48e7dc849e37bfcf";
        String two = "445536bcd2513298075a5d379663c962";
        try (CorefileServer server = start(cookies("require\n secret " + one))) {
            Message refused = ask(local(server), CLIENT);
            assertThat(refused.getRcode()).isEqualTo(Rcode.BADCOOKIE);
            byte[] old = cookieOf(refused);

            write(cookies("require\n secret " + two + " " + one));
            server.reloadNow();

            Message answered = ask(local(server), old);
            assertThat(answered.getRcode()).isEqualTo(Rcode.NOERROR);
            byte[] renewed = cookieOf(answered);
            assertThat(renewed).isNotEqualTo(old);
            try (CorefileServer other = start(cookies("require\n secret " + two))) {
                assertThat(ask(local(other), renewed).getRcode()).isEqualTo(Rcode.NOERROR);
                assertThat(ask(local(other), old).getRcode()).isEqualTo(Rcode.BADCOOKIE);
            }
        }
    }

    @Test
    void aServersOwnCookiesOutliveAReload() throws IOException {
        try (CorefileServer server = start(cookies("require"))) {
            byte[] cookie = cookieOf(ask(local(server), CLIENT));

            server.reloadNow();

            assertThat(ask(local(server), cookie).getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void rrlLimitsDatagramsAndNotStreams() throws IOException {
        String corefile =
                ".:0 {\n bind 127.0.0.1\n rrl {\n responses-per-second 1\n burst 3\n slip-ratio 1\n}\n whoami\n}";
        try (CorefileServer server = start(corefile);
                DatagramSocket socket = new DatagramSocket()) {
            socket.connect(local(server));
            askTogether(socket, 30);
            int cut = 0;
            for (int i = 0; i < 30; i++) {
                cut += Wire.receive(socket).getHeader().getFlag(Flags.TC) ? 1 : 0;
            }
            assertThat(cut).as("three at once, and one a second more").isPositive();
            assertThat(Wire.tcp(local(server), "www.example.org.", Type.A).getSection(Section.ADDITIONAL))
                    .isNotEmpty();
        }
        String silent = corefile.replace("slip-ratio 1", "slip-ratio 0\n exempt 192.0.2.0/24");
        try (CorefileServer server = start(silent);
                DatagramSocket socket = new DatagramSocket()) {
            socket.connect(local(server));
            askTogether(socket, 50);
            await().until(() -> silenced(server) > 0);
        }
        try (CorefileServer server = start(silent.replace("192.0.2.0/24", "127.0.0.0/8"))) {
            for (int i = 0; i < 100; i++) {
                assertThat(Wire.udp(local(server), "www.example.org.", Type.A).getRcode())
                        .isEqualTo(Rcode.NOERROR);
            }
        }
    }

    private static void askTogether(DatagramSocket socket, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            Wire.send(socket, Wire.query(i, "www.example.org.", Type.A));
        }
    }
}
