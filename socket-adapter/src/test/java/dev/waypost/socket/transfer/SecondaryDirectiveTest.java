package dev.waypost.socket.transfer;

import static dev.waypost.socket.transfer.ScriptedPrimary.soa;
import static dev.waypost.socket.transfer.ScriptedPrimary.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.socket.ReloadOutcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class SecondaryDirectiveTest {
    private static final String WWW = "www.example.org.";
    private static final String SECRET = "dGhpcnR5LXR3byBvY3RldHMgb2YgZ29vZCBzZWNyZXQ=";
    private static final String TSIG = " tsig {\n secret transfer.key " + SECRET + "\n }\n";

    @TempDir
    private Path folder;

    private static String from(InetSocketAddress primary) {
        return " secondary {\n transfer from 127.0.0.1:" + primary.getPort() + "\n }\n";
    }

    @Test
    void copyIsAnsweredAndMayBeTransferredOn() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ServedText server = ServedText.of(folder, from(primary.address()) + " transfer {\n to *\n }\n")) {
            server.awaitSaying(WWW, "192.0.2.1");
            byte[] message = server.tcp(
                            ServedText.query("example.org.", Type.AXFR).toWire())
                    .get(0);
            assertThat(new Message(message).getSection(Section.ANSWER)).hasSize(4);
            assertThat(server.said("missing.example.org.")).isEqualTo("NXDOMAIN");
        }
    }

    @Test
    void namesThatAreMissingMayFallThrough() throws IOException {
        String rest = " whoami\n";
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ServedText server =
                        ServedText.of(folder, from(primary.address()).replace("\n }", "\n fallthrough\n }") + rest)) {
            server.awaitSaying(WWW, "192.0.2.1");
            assertThat(server.said("missing.example.org.")).isEqualTo("NOERROR");
        }
    }

    @Test
    @DisplayName("RFC 1996: a NOTIFY over the network is answered by who it is for, and makes the copy look")
    void notifyIsHeardOnTheNetwork() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ServedText server = ServedText.of(folder, from(primary.address()))) {
            server.awaitSaying(WWW, "192.0.2.1");
            primary.say(zone(soa(4), "192.0.2.2"));
            Message word = ServedText.query("example.org.", Type.SOA);
            word.getHeader().setOpcode(Opcode.NOTIFY);
            assertThat(server.udp(word).getRcode()).isEqualTo(Rcode.NOERROR);
            server.awaitSaying(WWW, "192.0.2.2");

            Message other = ServedText.query("sub.example.org.", Type.SOA);
            other.getHeader().setOpcode(Opcode.NOTIFY);
            assertThat(server.udp(other).getRcode()).isEqualTo(Rcode.NOTAUTH);
        }
    }

    @Test
    void primaryWithoutASignatureIsNotBelievedWhereThereIsAKey() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ServedText server = ServedText.of(
                        folder, TSIG + from(primary.address()).replace("\n }", "\n key transfer.key\n }"))) {
            await().until(() -> primary.transfers() >= 2);
            assertThat(server.said(WWW)).isEqualTo("SERVFAIL");
            Message word = ServedText.query("example.org.", Type.SOA);
            word.getHeader().setOpcode(Opcode.NOTIFY);
            assertThat(server.udp(word).getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void reloadGoesOnWithTheCopy() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ServedText server = ServedText.of(folder, from(primary.address()))) {
            server.awaitSaying(WWW, "192.0.2.1");
            primary.say((question, line) -> line.close());
            server.rewrite(from(primary.address()) + " minimal\n");
            assertThat(server.server().reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);
            assertThat(server.said(WWW)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void reloadToAPrimaryThatIsNotThereIsRefusedAndTheOldCopyGoesOn() throws IOException {
        try (ScriptedPrimary primary = new ScriptedPrimary(zone(soa(3), "192.0.2.1"));
                ScriptedPrimary broken = new ScriptedPrimary((question, line) -> line.close());
                ServedText server = ServedText.of(folder, from(primary.address()))) {
            server.awaitSaying(WWW, "192.0.2.1");
            server.rewrite(from(broken.address()));
            assertThat(server.server().reloadNow()).isInstanceOf(ReloadOutcome.Rejected.class);
            assertThat(server.said(WWW)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    @DisplayName("One server of ours is primary for another: signed transfers, and a NOTIFY at each change")
    void ourOwnServersTellEachOther() throws IOException {
        Path zone = folder.resolve("db.example");
        Files.writeString(zone, "@ 3600 SOA ns host 1 3600 600 86400 60\n@ 300 NS ns\nwww 300 A 192.0.2.1\n");
        String file = TSIG + " file db.example {\n reload 1s\n }\n";
        try (ServedText primary = ServedText.of(folder, file + " transfer {\n to *\n key transfer.key\n }\n");
                ServedText secondary = ServedText.of(
                        folder,
                        TSIG + " secondary {\n transfer from " + primary.written() + "\n key transfer.key\n }\n")) {
            secondary.awaitSaying(WWW, "192.0.2.1");
            primary.rewrite(file + " transfer {\n to * " + secondary.written() + "\n key transfer.key\n }\n");
            assertThat(primary.server().reloadNow()).isInstanceOf(ReloadOutcome.Reloaded.class);
            Files.writeString(zone, "@ 3600 SOA ns host 2 3600 600 86400 60\n@ 300 NS ns\nwww 300 A 192.0.2.22\n");
            secondary.awaitSaying(WWW, "192.0.2.22");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secondary | Corefile:2:1: 'secondary' wants 'transfer from ADDRESS...', found none",
                "secondary {; transfer;} | Corefile:3:2: 'transfer' of 'secondary' wants \"from\" and addresses behind it",
                "secondary {; transfer to 192.0.2.1;} | Corefile:3:11: 'transfer' of 'secondary' wants \"from\" and addresses"
                        + " behind it",
                "secondary {; transfer from;} | Corefile:3:11: 'transfer from' wants at least one address, found none",
                "secondary {; transfer from 192.0.2.0/24;} | Corefile:3:16: an address as 192.0.2.1, 192.0.2.1:53 or"
                        + " [2001:db8::1]:53 is wanted, found \"192.0.2.0/24\"",
                "secondary {; transfer from ns1;} | Corefile:3:16: an address as 192.0.2.1, 192.0.2.1:53 or"
                        + " [2001:db8::1]:53 is wanted, found \"ns1\"",
                "secondary {; transfer from 192.0.2.1; key;} | Corefile:4:2: 'key' wants the name of a key of 'tsig', found 0"
                        + " arguments",
                "secondary {; transfer from 192.0.2.1; key k;} | Corefile:4:6: 'key' wants a key that 'tsig' of this server"
                        + " block defines, found \"k\"",
                "secondary {; transfer from 192.0.2.1; catalog;} | Corefile:4:2: option 'catalog' of 'secondary' is not"
                        + " supported yet",
                "secondary {; transfer from 192.0.2.1; refresh 5s;} | Corefile:4:2: 'secondary' has no option 'refresh'",
            })
    void faultsHaveTheirPlace(String lines, String fault) {
        String corefile = "example.org {\n" + lines.replace(";", "\n") + "\n}\n";
        assertThatThrownBy(() -> CorefilePlanner.installed().plan(corefile, "Corefile", folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(fault);
    }
}
