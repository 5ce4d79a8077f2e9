package dev.waypost.socket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class TransferDirectiveTest {
    private static final String SECRET = "dGhpcnR5LXR3byBvY3RldHMgb2YgZ29vZCBzZWNyZXQ=";
    private static final String TSIG_BLOCK =
            " tsig {\n secret transfer.key " + SECRET + "\n secret other.key " + SECRET + "\n }\n";
    private static final String ZONE = " file db.example\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeZone() throws IOException {
        Files.writeString(
                folder.resolve("db.example"),
                "@ 3600 SOA ns hostmaster 5 7200 1800 86400 60\n@ 300 NS ns\nns 300 A 192.0.2.53\nwww 300 A 192.0.2.1\n"
                        + IntStream.range(0, 2_000)
                                .mapToObj(i -> "host" + i + " 300 TXT some-text-for-host-number-" + i + "\n")
                                .collect(Collectors.joining()));
    }

    private static Message axfr() {
        return ServedText.query("example.org.", Type.AXFR);
    }

    private static Message ixfr(long serial) {
        Message query = ServedText.query("example.org.", Type.IXFR);
        Name zone = Name.fromConstantString("example.org.");
        query.addRecord(new SOARecord(zone, DClass.IN, 0, Name.root, Name.root, serial, 0, 0, 0, 0), Section.AUTHORITY);
        return query;
    }

    private static TSIG key(String name) {
        return new TSIG(
                TSIG.HMAC_SHA256,
                Name.fromConstantString(name),
                Base64.getDecoder().decode(SECRET));
    }

    private static int rcode(List<byte[]> messages) throws IOException {
        return new Message(messages.get(0)).getRcode();
    }

    private static int records(List<byte[]> messages) throws IOException {
        int records = 0;
        for (byte[] each : messages) {
            records += new Message(each).getSection(Section.ANSWER).size();
        }
        return records;
    }

    @ParameterizedTest(name = "to {0}: {1}")
    @CsvSource({
        "*, true",
        "127.0.0.1, true",
        "127.0.0.1:5353, true",
        "127.0.0.0/8, true",
        "192.0.2.1, false",
        "192.0.2.0/24 127.0.0.1, true",
        "::1 [::1]:53 2001:db8::/32, false"
    })
    void zoneGoesToWhoIsListed(String to, boolean allowed) throws IOException {
        try (ServedText server = ServedText.of(folder, ZONE + " transfer {\n to " + to + "\n }")) {
            List<byte[]> messages = server.tcp(axfr().toWire());
            assertThat(rcode(messages)).isEqualTo(allowed ? Rcode.NOERROR : Rcode.REFUSED);
            assertThat(records(messages)).isEqualTo(allowed ? 2_005 : 0);
        }
    }

    @Test
    @DisplayName("without the directive nobody gets a zone")
    void withoutTheDirectiveNobodyGetsAZone() throws IOException {
        try (ServedText server = ServedText.of(folder, ZONE)) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.REFUSED);
            assertThat(rcode(server.tcp(ixfr(1).toWire()))).isEqualTo(Rcode.REFUSED);
            assertThat(server.udp(axfr()).getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    @DisplayName("RFC 1995 section 2, RFC 5936 section 4.2: IXFR and AXFR by stream and by datagram")
    void incrementalTransfers() throws IOException {
        try (ServedText server = ServedText.of(folder, ZONE + " transfer {\n to *\n }")) {
            assertThat(records(server.tcp(ixfr(4).toWire()))).isEqualTo(2_005);
            assertThat(records(server.tcp(ixfr(5).toWire()))).isEqualTo(1);
            assertThat(records(server.tcp(ixfr(6).toWire()))).isEqualTo(1);
            assertThat(server.udp(ixfr(4)).getSection(Section.ANSWER)).hasSize(1);
            assertThat(server.udp(axfr()).getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void rulesOfSeveralDirectivesAreOneTable() throws IOException {
        String rules = " transfer example.org {\n to 192.0.2.1\n }\n transfer org {\n to *\n }\n";
        try (ServedText server = ServedText.of(folder, ZONE + rules)) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.REFUSED);
        }
        try (ServedText server = ServedText.of(folder, ZONE + " transfer org {\n to *\n }\n")) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    @DisplayName("RFC 8945 section 5.3.1: a signed question for a zone has every message signed")
    void keysAreWantedAndEveryMessageIsSigned() throws IOException {
        String rule = " transfer {\n to *\n key transfer.key\n }\n";
        try (ServedText server = ServedText.of(folder, TSIG_BLOCK + ZONE + rule)) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.REFUSED);

            Message wrong = axfr();
            key("other.key.").apply(wrong, null);
            assertThat(rcode(server.tcp(wrong.toWire()))).isEqualTo(Rcode.REFUSED);

            Message right = axfr();
            key("transfer.key.").apply(right, null);
            TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(key("transfer.key."), right.getTSIG());
            List<byte[]> messages = server.tcp(right.toWire());
            assertThat(records(messages)).isEqualTo(2_005);
            assertThat(messages).hasSizeGreaterThan(2);
            for (byte[] each : messages) {
                assertThat(verifier.verify(new Message(each), each)).isEqualTo(Rcode.NOERROR);
            }
        }
    }

    @Test
    void tsigMayBeRequiredOfTransfersAlone() throws IOException {
        String tsig = TSIG_BLOCK.replace(" }\n", " require AXFR IXFR\n }\n");
        try (ServedText server = ServedText.of(folder, tsig + ZONE + " transfer {\n to *\n }\n")) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.REFUSED);
            Message signed = axfr();
            key("other.key.").apply(signed, null);
            assertThat(rcode(server.tcp(signed.toWire()))).isEqualTo(Rcode.NOERROR);
            assertThat(server.said("www.example.org.")).isEqualTo("192.0.2.1");
        }
    }

    @Test
    @DisplayName("acl decides about transfers too")
    void accessRulesStandInFront() throws IOException {
        String acl = " acl {\n block type AXFR net 127.0.0.0/8\n }\n";
        try (ServedText server = ServedText.of(folder, acl + ZONE + " transfer {\n to *\n }\n")) {
            assertThat(rcode(server.tcp(axfr().toWire()))).isEqualTo(Rcode.REFUSED);
            assertThat(records(server.tcp(ixfr(1).toWire()))).isEqualTo(2_005);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer | Corefile:2:1: 'transfer' wants 'to ADDRESS...', found none",
                "transfer {;}; | Corefile:2:1: 'transfer' wants 'to ADDRESS...', found none",
                "transfer {; to;} | Corefile:3:2: 'to' wants an address, an address block, or *, found nothing",
                "transfer {; to ns.example.org;} | Corefile:3:5: an address as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53 is"
                        + " wanted, found \"ns.example.org\"",
                "transfer {; to 192.0.2.1:0;} | Corefile:3:5: a port wants 1..65535, found \"192.0.2.1:0\"",
                "transfer {; to 192.0.2.1:65536;} | Corefile:3:5: a port wants 1..65535, found \"192.0.2.1:65536\"",
                "transfer {; to 192.0.2.1:x;} | Corefile:3:5: an address as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53 is"
                        + " wanted, found \"192.0.2.1:x\"",
                "transfer {; to [2001:db8::1;} | Corefile:3:5: an address as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53 is"
                        + " wanted, found \"[2001:db8::1\"",
                "transfer {; to 192.0.2.0/33;} | Corefile:3:5: an address block wants a prefix length 0..32, found 33",
                "transfer {; to * {; x;};} | Corefile:4:2: 'to' wants no block, found \"x\"",
                "transfer {; to *; key;} | Corefile:4:2: 'key' wants the name of a key of 'tsig', found nothing",
                "transfer {; to *; key nobody;} | Corefile:4:6: 'key' wants a key that 'tsig' of this server block defines,"
                        + " found \"nobody\"",
                "transfer {; to *; source;} | Corefile:4:2: 'source' wants an address, found nothing",
                "transfer {; to *; source 192.0.2.1:53;} | Corefile:4:9: an address as 192.0.2.1, 192.0.2.1:53 or"
                        + " [2001:db8::1]:53 is wanted, found \"192.0.2.1:53\"",
                "transfer {; from *;} | Corefile:3:2: 'transfer' has no option 'from'",
                "transfer {; to *;}; transfer {; to *;} | Corefile:5:2: 'transfer' wants one rule a zone, found a second for"
                        + " example.org.",
            })
    void faultsHaveTheirPlace(String lines, String fault) {
        String corefile = "example.org {\n" + lines.replace(";", "\n") + "\n}\n";
        assertThatThrownBy(() -> CorefilePlanner.installed().plan(corefile, "Corefile", folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(fault);
    }
}
