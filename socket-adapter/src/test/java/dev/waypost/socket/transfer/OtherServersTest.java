package dev.waypost.socket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.testing.FreePort;
import dev.waypost.testing.peers.Peer;
import dev.waypost.testing.peers.PeerServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@DisplayName("Zones to and from NSD, Knot and BIND, signed, and dig")
class OtherServersTest {
    private static final String WWW = "www.example.org.";
    private static final String TSIG = " tsig {\n secret " + TransferRole.KEY + " " + TransferRole.SECRET + "\n }\n";
    private static final int NAMES = 3_000;

    @TempDir
    private Path folder;

    private static String zone(int serial, String address) {
        return "@ 3600 SOA ns host " + serial + " 3600 600 86400 60\n@ 300 NS ns\nns 300 A 192.0.2.53\nwww 300 A "
                + address
                + "\n"
                + IntStream.range(0, NAMES)
                        .mapToObj(i -> "host" + i + " 300 TXT some-text-for-host-number-" + i + "\n")
                        .collect(Collectors.joining());
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The address that a server tells for www; empty for any other outcome. */
    private static String said(InetSocketAddress server) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1_000);
            socket.connect(server);
            byte[] query = ServedText.query(WWW, Type.A).toWire();
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            socket.receive(packet);
            Message reply = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            List<Record> answer = reply.getSection(Section.ANSWER);
            return answer.isEmpty() ? "" : answer.get(0).rdataToString();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static void awaitSaying(PeerServer server, String address) throws IOException {
        try {
            await().until(() -> said(server.address()), address::equals);
        } catch (ConditionTimeoutException silent) {
            throw new AssertionError(server.log(), silent);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isPrimaryForUs(Peer peer) throws IOException {
        assumeTrue(peer.installed().isPresent(), peer + " is not installed: no zone came from it");
        Files.writeString(folder.resolve("db.example"), "$ORIGIN example.org.\n" + zone(1, "192.0.2.1"));
        int ours = FreePort.next();
        try (PeerServer primary =
                PeerServer.start(peer, folder, FreePort.next(), TransferRole.PRIMARY.of(peer, at(ours)))) {
            awaitSaying(primary, "192.0.2.1");
            String secondary = TSIG + " secondary {\n transfer from 127.0.0.1:"
                    + primary.address().getPort() + "\n key " + TransferRole.KEY + "\n }\n";
            try (ServedText copy = ServedText.at(ours, folder, secondary)) {
                copy.awaitSaying(WWW, "192.0.2.1");
                assertThat(copy.udp(ServedText.query("host2999.example.org.", Type.TXT))
                                .getSection(Section.ANSWER))
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isSecondaryForUsAndHearsOfChanges(Peer peer) throws IOException {
        assumeTrue(peer.installed().isPresent(), peer + " is not installed: no zone went to it");
        Path zone = folder.resolve("db.ours");
        Files.writeString(zone, zone(1, "192.0.2.1"));
        int port = FreePort.next();
        String primary = TSIG + " file db.ours {\n reload 1s\n }\n transfer {\n to 127.0.0.1:" + port + "\n key "
                + TransferRole.KEY + "\n }\n";
        try (ServedText ours = ServedText.of(folder, primary);
                PeerServer copy =
                        PeerServer.start(peer, folder, port, TransferRole.SECONDARY.of(peer, ours.address()))) {
            awaitSaying(copy, "192.0.2.1");
            Files.writeString(zone, zone(2, "192.0.2.22"));
            awaitSaying(copy, "192.0.2.22");
        }
    }

    private static String dig(String... arguments) throws Exception {
        Path program = Peer.onPath("dig").orElse(null);
        assumeTrue(program != null, "dig is not installed: nothing was asked with it");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void digTransfersAndChecksEverySignature() throws Exception {
        Files.writeString(folder.resolve("db.ours"), zone(7, "192.0.2.1"));
        String served = TSIG + " file db.ours\n transfer {\n to *\n key " + TransferRole.KEY + "\n }\n";
        try (ServedText ours = ServedText.of(folder, served)) {
            String port = Integer.toString(ours.address().getPort());
            String key = "hmac-sha256:" + TransferRole.KEY + ":" + TransferRole.SECRET;
            String whole = dig("@127.0.0.1", "-p", port, "-y", key, "example.org", "AXFR");
            assertThat(whole).contains("XFR size: " + (NAMES + 5) + " records").doesNotContainIgnoringCase("failed");
            assertThat(dig("@127.0.0.1", "-p", port, "-y", key, "example.org", "IXFR=7"))
                    .contains("XFR size: 1 records");
            assertThat(dig("@127.0.0.1", "-p", port, "-y", key, "example.org", "IXFR=6"))
                    .contains("XFR size: " + (NAMES + 5) + " records");
            assertThat(dig("@127.0.0.1", "-p", port, "example.org", "AXFR")).contains("Transfer failed");
            assertThat(dig("@127.0.0.1", "-p", port, "-y", key, WWW, "A"))
                    .contains("status: NOERROR")
                    .contains("192.0.2.1")
                    .contains("TSIG")
                    .doesNotContainIgnoringCase("couldn't verify");
            assertThat(dig("@127.0.0.1", "-p", port, "-y", key.replace("dGhp", "YGhp"), WWW, "A"))
                    .contains("BADSIG");
        }
    }
}
