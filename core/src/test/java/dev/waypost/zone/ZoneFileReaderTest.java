package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class ZoneFileReaderTest {
    private static final String SOA = "@ 3600 IN SOA ns hostmaster 1 7200 1800 86400 60\n";
    private static final ZoneFileReader READER = ZoneFileReader.of(Zones.name("example.org"));

    private static StaticZone read(String text) {
        return READER.read(text, "db.example");
    }

    private static Finding find(String text, String owner, int type) {
        return read(text).find(Name.fromConstantString(owner), type);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("$TTL 60\nwww A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("$TTL 1h30m\nwww A 192.0.2.1\n", "5400 A 192.0.2.1"),
                Arguments.of("www 60 IN A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("www IN 60 A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("www in 60 a 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("www 60 CLASS1 TYPE1 \\# 4 C0000201\n", "60 A 192.0.2.1"),
                Arguments.of("www.example.org. 60 A 192.0.2.1", "60 A 192.0.2.1"), // no line end
                Arguments.of("other 60 A 192.0.2.9\nwww A 192.0.2.1\n", "60 A 192.0.2.1"), // the last TTL: RFC 1035
                Arguments.of("www ( 60\n IN ; comment )\n\n A\n) 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("$ORIGIN www\n@ 60 A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("$ORIGIN org.\nwww.example 60 A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("\\119ww 60 A 192.0.2.1\n", "60 A 192.0.2.1"),
                Arguments.of("www\t60\tA\t192.0.2.1\t; tabs\n", "60 A 192.0.2.1"),
                Arguments.of("www 60 TXT \"a;b (c) \\\"d\\\"\" e\n", "60 TXT \"a;b (c) \\\"d\\\"\" e"),
                Arguments.of("www 60 TXT caf\u00e9\n", "60 TXT \"caf\\195\\169\""), // octets of UTF-8
                Arguments.of("www 60 HTTPS 1 . alpn=\"h2,h3\"\n", "60 HTTPS 1 . alpn=h2,h3"),
                Arguments.of("www 60 CAA 0 issue \"ca.example.net\"\n", "60 CAA 0 issue \"ca.example.net\""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormOfRfc1035IsRead(String lines, String record) {
        String type = record.split(" ")[1];
        Finding finding = find(SOA + lines, "www.example.org.", Type.value(type));
        assertThat(((Finding.Found) finding).set().records())
                .singleElement()
                .extracting(each -> each.getTTL() + " " + type + " " + each.rdataToString())
                .asString()
                .isIn(record, record.replace("\"", "")); // dnsjava quotes text only where it must
        assertThat(read((SOA + lines).replace("\n", "\r\n")).recordSets())
                .as("with CRLF")
                .containsExactlyInAnyOrderElementsOf(read(SOA + lines).recordSets());
    }

    @Test
    void whiteSpaceAtTheBeginningMeansTheLastOwner() {
        StaticZone zone = read(SOA + "www 60 A 192.0.2.1\n\n; comment\n   60 A 192.0.2.2\n\tTXT here\n");
        assertThat(zone.find(Zones.name("www.example.org"), Type.A))
                .found("www.example.org. 60 A 192.0.2.1", "www.example.org. 60 A 192.0.2.2");
        assertThat(zone.find(Zones.name("www.example.org"), Type.TXT)).found("www.example.org. 60 TXT here");
    }

    @Test
    void soaWithoutTtlTakesItsMinimum() {
        StaticZone zone = read("@ SOA ns hostmaster (1 2h 30m 1d 60)\nwww A 192.0.2.1\n");
        assertThat(zone.soa().ttlSeconds()).isEqualTo(60);
        assertThat(zone.find(Zones.name("www.example.org"), Type.A)).found("www.example.org. 60 A 192.0.2.1");
    }

    @Test
    void zoneAsATransferPrintsItIsRead() {
        StaticZone zone = read(SOA + "www 60 A 192.0.2.1\n" + SOA); // the SOA once more at its end
        assertThat(zone.soa().size()).isEqualTo(1);
    }

    @Test
    void byteOrderMarkOfUtf8IsPassedOver() {
        assertThat(find("\uFEFF" + SOA + "www 60 A 192.0.2.1\n", "www.example.org.", Type.A))
                .found("www.example.org. 60 A 192.0.2.1");
    }

    static Stream<Arguments> faults() {
        return Stream.of(zoneFaults(), rdataFaults(), lineFaults(), entryFaults())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> zoneFaults() {
        return Stream.of(
                fault("www 60 A 192.0.2.1\n", "db.example: a zone wants a SOA record at example.org., found none"),
                fault(SOA + "@ SOA ns other 2 7200 1800 86400 60\n", "db.example:2: a name wants one SOA"),
                fault(SOA + "www SOA ns other 2 7200 1800 86400 60\n", "db.example:2: SOA wants the apex"),
                fault(SOA + "www.example.net. A 192.0.2.1\n", "db.example:2: a record wants an owner at or below"),
                fault(SOA + "www CNAME a\nwww A 192.0.2.1\n", "db.example:3: a CNAME wants no other data"),
                fault(SOA + "www A 192.0.2.1\nwww CNAME a\n", "db.example:3: a CNAME wants no other data"),
                fault(SOA + "www CNAME a\nwww CNAME b\n", "db.example:3: a name wants one CNAME"),
                fault(SOA + "@ CNAME a\n", "db.example:2: a CNAME wants no other data"));
    }

    private static Stream<Arguments> rdataFaults() {
        return Stream.of(
                fault(SOA + "www A 192.0.2.256\n", "db.example:2:7: A wants RDATA of its form, found \"192.0.2.256\""),
                fault(SOA + "www A\n", "db.example:2:5: A wants RDATA of its form, found the end of the entry"),
                fault(SOA + "www A 192.0.2.1 extra\n", "db.example:2:7: A wants RDATA of its form"),
                fault(SOA + "www TYPE65280 \\# 4 ABCDEF\n", "db.example:2:15: TYPE65280 wants RDATA of its form"),
                fault(SOA + "www A \\# 3 C00002\n", "db.example:2:7: A wants RDATA of its form"),
                fault(SOA + "www MX 10\n", "db.example:2:8: MX wants RDATA of its form"));
    }

    private static Stream<Arguments> lineFaults() {
        return Stream.of(
                fault(SOA + "www TXT \"open\nnext A 192.0.2.1\n", "db.example:2:9: a quote wants its end"),
                fault(SOA + "www TXT \"open", "db.example:2:9: a quote wants its end"),
                fault(SOA + "www TXT (a\nb\n", "db.example:2:9: '(' wants its ')', found the end of the file"),
                fault(SOA + "www TXT (a (b))\n", "db.example:2:12: parentheses want not to be nested"),
                fault(SOA + "www TXT a)\n", "db.example:2:10: ')' wants a '(' before it"),
                fault(SOA + "www TXT a\\\n", "db.example:2:11: '\\' wants a character after it"),
                fault(SOA + "www 2147483648 A 192.0.2.1\n", "db.example:2:5: a TTL wants 0..2147483647 seconds"),
                fault(SOA + "www 99999999999999999999w A 192.0.2.1\n", "db.example:2:5: a TTL wants 0..2147483647"),
                fault(SOA + "$TTL 4294967295\n", "db.example:2:6: a TTL wants 0..2147483647 seconds"));
    }

    private static Stream<Arguments> entryFaults() {
        return Stream.of(
                fault(SOA + "$TTL -1\n", "db.example:2:6: a TTL wants seconds, or parts as 1h30m, found \"-1\""),
                fault(SOA + "$TTL\n", "db.example:2:1: $TTL wants one value, found 0"),
                fault(SOA + "$ORIGIN a b\n", "db.example:2:11: $ORIGIN wants one value, found 2"),
                fault(SOA + "$INCLUDE other\n", "db.example:2:10: $INCLUDE is off"),
                fault(
                        SOA + "$NOPE 1\n",
                        "db.example:2:1: a directive wants to be $ORIGIN, $TTL, $INCLUDE or $GENERATE, found \"$NOPE\""),
                fault(SOA + "( www\n A 192.0.2.1 )\n", "db.example:2:1: an entry wants its owner or white space first"),
                fault(SOA + "w\0w A 192.0.2.1\n", "db.example:2:2: a zone file wants text, found an octet of zero"),
                fault(SOA + "www TXT\n", "db.example:2:5: TXT wants RDATA of its form, found the end of the entry"),
                fault(SOA + "www TYPE0 \\# 0\n", "db.example:2: a zone wants record types, found TYPE0"),
                fault(SOA + "www TYPE255 \\# 0\n", "db.example:2: a zone wants record types, found ANY"),
                fault(SOA + "www TYPE200 \\# 0\n", "db.example:2: a zone wants record types, found TYPE200"),
                fault(
                        SOA + "www NOPE x\n",
                        "db.example:2:5: a record wants a type as A, MX or TYPE65280, found \"NOPE\""),
                fault(SOA + "www\n", "db.example:2:1: a record wants a type, found the end of the entry after \"www\""),
                fault(SOA + "www CH A 192.0.2.1\n", "db.example:2:5: a zone wants records of class IN, found \"CH\""),
                fault(SOA + "www OPT x\n", "db.example:2:"),
                fault(SOA + "www ANY x\n", "db.example:2:"),
                fault("  A 192.0.2.1\n", "db.example:1:3: a record wants an owner, found white space"),
                fault("www A 192.0.2.1\n", "db.example:1:5: a record wants a TTL, found none, and no $TTL before it"),
                fault(SOA + "\"www\" A 192.0.2.1\n", "db.example:2:1: a name wants no quotes"),
                fault(SOA + "a..b A 192.0.2.1\n", "db.example:2:1: a domain name is wanted, found \"a..b\""),
                fault(SOA + "l".repeat(64) + " A 192.0.2.1\n", "db.example:2:1: a domain name is wanted"),
                fault(SOA + "www TXT " + "x".repeat(300_000), "db.example:2:"));
    }

    private static Arguments fault(String text, String message) {
        return Arguments.of(text, message);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void brokenFileIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void utf16IsRefused() throws Exception {
        Path file = Files.createTempFile("db", ".example");
        try {
            Files.write(file, SOA.getBytes(StandardCharsets.UTF_16));
            assertThatThrownBy(() -> READER.read(file)).hasMessageContaining("found the mark of UTF-16");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void fileThatIsNotThereIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("none.db");
        assertThatThrownBy(() -> READER.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": a zone file is wanted, found no such file");
    }

    @Test
    void mutilatedFilesGiveAZoneOrAFaultAndNothingElse() {
        byte[] whole = (SOA
                        + "$TTL 1h\n$ORIGIN sub.example.org.\nwww ( 60 IN ; c\n A 192.0.2.1 )\n TXT \"q\\\"\" x\\032y\n"
                        + "s SRV 0 0 80 www\nh HTTPS 1 . alpn=\"h2\" port=443\no TYPE65280 \\# 2 ABCD\nn NAPTR 1 1 \"s\" \"x\" \"\" .\n")
                .getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(20261123);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThatCode(() -> {
                        try {
                            read(text);
                        } catch (ConfigurationException refused) {
                            assertThat(refused).hasMessageStartingWith("db.example");
                        }
                    })
                    .as("%s", text)
                    .doesNotThrowAnyException();
        }
    }
}
