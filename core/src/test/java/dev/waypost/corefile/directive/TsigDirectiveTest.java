package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.Signing;
import dev.waypost.testing.WireMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

class TsigDirectiveTest {
    private static final String CLIENT = "192.0.2.1";
    private static final String WWW = "www.example.org.";
    private static final String SECRET =
            Base64.getEncoder().encodeToString("thirty-two octets of good secret".getBytes(StandardCharsets.US_ASCII));
    private static final String KEY = "secret transfer.key.example. " + SECRET;

    private static final Resolver FORWARD = query -> Response.answer(
            Freshness.always(), RecordSet.ofRdata(query.qname(), Type.A, 300, List.of(new byte[] {10, 0, 0, 1})));

    @TempDir
    private Path folder;

    private ServedCorefile serving(String options) {
        return ServedCorefile.of(
                "example.org {\n tsig {\n" + options.replace("; ", "\n") + "\n }\n forward\n}",
                folder,
                List.of(new Answering(FORWARD)));
    }

    private static int signed(ServedCorefile server, int qtype) {
        Signing query = Signing.asking(WWW, qtype);
        return query.verified(server.octets(CLIENT, query.bytes())).getRcode();
    }

    private static int unsigned(ServedCorefile server, int qtype) {
        return server.message(CLIENT, WireMessages.query(WWW, qtype).bytes()).getRcode();
    }

    @ParameterizedTest(name = "{0}: unsigned A {1}, unsigned TXT {2}")
    @CsvSource({
        "'', 0, 0",
        "; require none, 0, 0",
        "; require all, 5, 5",
        "; require TXT, 0, 5",
        "; require txt TYPE1, 5, 5",
        "; require all; require TXT, 0, 5",
        "; require_opcode QUERY, 5, 5",
        "; require_opcode NOTIFY update, 0, 0",
        "; require_opcode all, 5, 5",
        "; require_opcode none, 0, 0",
    })
    void whatMustBeSignedIsRefusedUnsigned(String options, int a, int txt) {
        try (ServedCorefile server = serving(KEY + options)) {
            for (int i = 0; i < 2; i++) { // once from the layers, once where an image may be
                assertThat(signed(server, Type.A)).isEqualTo(Rcode.NOERROR);
                assertThat(unsigned(server, Type.A)).isEqualTo(a);
                assertThat(signed(server, Type.TXT)).isEqualTo(Rcode.NOERROR);
                assertThat(unsigned(server, Type.TXT)).isEqualTo(txt);
            }
        }
    }

    @Test
    void zonesBoundWhatMustBeSigned() {
        String corefile = "example.org {\n tsig sub.example.org {\n " + KEY + "\n require all\n }\n forward\n}";
        try (ServedCorefile server = ServedCorefile.of(corefile, FORWARD)) {
            assertThat(server.rcode(CLIENT, WWW, "A")).isEqualTo("NOERROR");
            assertThat(server.rcode(CLIENT, "www.sub.example.org.", "A")).isEqualTo("REFUSED");
        }
    }

    @Test
    @DisplayName("Keys are known at the whole listener, as in CoreDNS; what a block requires wants the block's own")
    void keysAreKnownAtTheWholeListener() {
        String other = "secret other.key.example. " + SECRET;
        String corefile = "example.org {\n tsig {\n " + other + "\n require TXT\n }\n forward\n}\n"
                + "example.net {\n tsig {\n " + KEY + "\n }\n forward\n}\n";
        try (ServedCorefile server = ServedCorefile.of(corefile, FORWARD)) {
            assertThat(signed(server, Type.A)).isEqualTo(Rcode.NOERROR);
            assertThat(signed(server, Type.TXT)).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void everyKnownKeyWillDoWhereABlockHasNone() {
        String corefile = "example.org {\n tsig {\n require TXT\n }\n forward\n}\n" + "example.net {\n tsig {\n " + KEY
                + "\n }\n forward\n}\n";
        try (ServedCorefile server = ServedCorefile.of(corefile, FORWARD)) {
            assertThat(signed(server, Type.TXT)).isEqualTo(Rcode.NOERROR);
            assertThat(unsigned(server, Type.TXT)).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void algorithmIsChosenByKey() {
        try (ServedCorefile server = serving(KEY + " HMAC-SHA512")) {
            TSIG tsig = new TSIG(
                    TSIG.HMAC_SHA512, Signing.KEY_NAME, Base64.getDecoder().decode(SECRET));
            Signing query = Signing.with(tsig, WWW, Type.A);
            assertThat(query.verified(server.octets(CLIENT, query.bytes())).getRcode())
                    .isEqualTo(Rcode.NOERROR);
            assertThat(server.message(CLIENT, Signing.asking(WWW, Type.A).bytes())
                            .getRcode())
                    .isEqualTo(Rcode.NOTAUTH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key \"transfer.key.example.\" {\n  secret \"SECRET\";\n};\n",
                "# keys\nkey transfer.key.example { algorithm hmac-sha256; secret SECRET; }",
                "/* two\n lines */ key Transfer.Key.example. {\n algorithm HMAC-SHA256; // weak\n secret \"SECRET\"; };"
                        + "key other { secret SECRET; };"
            })
    void filesOfKeysAreReadAsNamedWritesThem(String text) throws IOException {
        Files.writeString(folder.resolve("named.keys"), text.replace("SECRET", SECRET));
        try (ServedCorefile server = serving("secrets named.keys; require all")) {
            assertThat(signed(server, Type.A)).isEqualTo(Rcode.NOERROR);
            assertThat(unsigned(server, Type.A)).isEqualTo(Rcode.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | Corefile:3:1: 'secret' wants NAME KEY [ALGORITHM], found 0 arguments",
                "secret name | Corefile:3:1: 'secret' wants NAME KEY [ALGORITHM], found 1 arguments",
                "secret name YQ== hmac-sha256 more | Corefile:3:1: 'secret' wants NAME KEY [ALGORITHM], found 4 arguments",
                "secret name !!! | Corefile:3:13: key name. wants its secret in base64",
                "secret name '' | Corefile:3:13: key name. wants a secret, found none",
                "secret a..b YQ== | Corefile:3:8: 'secret' wants a domain name ('a..b': invalid empty label), found \"a..b\"",
                "secret name YQ== hmac-md5 | Corefile:3:18: 'algorithm' wants hmac-sha1, hmac-sha224, hmac-sha256,"
                        + " hmac-sha384 or hmac-sha512, found \"hmac-md5\"",
                "secret name YQ==; secret NAME Yg== | Corefile:4:1: key NAME. wants to be defined once, found it a second time",
                "secrets | Corefile:3:1: 'secrets' wants a file of keys, found 0 arguments",
                "require | Corefile:3:1: 'require' wants at least one word behind it, found nothing",
                "require A BOGUS | Corefile:3:11: 'type' wants a record type as A or TYPE65280, found \"BOGUS\"",
                "require A all | Corefile:3:11: 'type' wants a record type as A or TYPE65280, found \"all\"",
                "require_opcode | Corefile:3:1: 'require_opcode' wants at least one word behind it, found nothing",
                "require_opcode QUERY DSO | Corefile:3:22: 'require_opcode' wants all, none, or QUERY, IQUERY, STATUS, NOTIFY,"
                        + " UPDATE, found \"DSO\"",
                "require_opcode 4 | Corefile:3:16: 'require_opcode' wants all, none, or QUERY, IQUERY, STATUS, NOTIFY, UPDATE,"
                        + " found \"4\"",
                "sign everything | Corefile:3:1: 'tsig' has no option 'sign'",
                "secret a YQ== { | Corefile:4:1: 'secret' wants no block, found \"x\"",
            })
    void faultsHaveTheirPlace(String options, String fault) {
        String written = options.replace("{", "{\nx\n}").replace("''", "\"\"");
        assertThatThrownBy(() -> serving(written).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kee x { secret YQ==; }; | 1:1: \"key\" is wanted here, found something else",
                "key x secret YQ==; | 1:7: \"{\" is wanted here, found something else",
                "key x { secret YQ==; | a file of keys wants }, found its end",
                "key x { secret YQ== } | 1:21: \";\" is wanted here, found something else",
                "key x { }; | 1:5: key x. wants a secret, found none",
                "key x { secret \"!!\"; }; | 1:16: key x. wants its secret in base64",
                "key x {!  algorithm none; secret YQ==; }; | 2:13: 'algorithm' wants hmac-sha1, hmac-sha224, hmac-sha256,"
                        + " hmac-sha384 or hmac-sha512, found \"none\"",
                "key x { server 192.0.2.1; }; | 1:9: 'key' wants algorithm or secret, found \"server\"",
                "key \"x { secret YQ==; }; | 1:6: \"{\" is wanted here, found something else",
            })
    void faultsInFilesOfKeysHaveTheirPlaceAndTellNoSecret(String text, String fault) throws IOException {
        Path file = folder.resolve("named.keys");
        Files.writeString(file, text.replace("!  ", "\n  "));
        assertThatThrownBy(() -> serving("secrets named.keys").close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:3:9: 'secrets' cannot use this file: " + file + ":")
                .hasMessageEndingWith(fault)
                .hasMessageNotContaining("YQ==");
    }

    @Test
    void missingFileOfKeysIsAFault() {
        assertThatThrownBy(() -> serving("secrets nowhere.keys").close())
                .hasMessageStartingWith("Corefile:3:9: 'secrets' cannot use this file: ");
    }

    @Test
    void secondTsigOfABlockIsAFault() {
        assertThatThrownBy(() -> ServedCorefile.of(". {\n tsig\n tsig\n}"))
                .hasMessage("Corefile:3:2: 'tsig' wants to stand once in a server block, found a second");
    }

    @Test
    void oneNameWithTwoSecretsAtOneListenerIsAFault() {
        String corefile =
                "example.org {\n tsig {\n secret k YQ==\n }\n}\nexample.net {\n tsig {\n secret k Yg==\n }\n}\n";
        assertThatThrownBy(() -> ServedCorefile.of(corefile)).hasMessage("one key wants one secret, found two for k.");
    }

    @Test
    void wordOfAChangeIsNotImplementedWhereNobodyListensSignedOrNot() {
        try (ServedCorefile server = serving(KEY + "; require_opcode NOTIFY")) {
            Message notify =
                    Message.newQuery(Record.newRecord(Name.fromConstantString("example.org."), Type.SOA, DClass.IN));
            notify.getHeader().setOpcode(Opcode.NOTIFY);
            assertThat(server.message(CLIENT, notify.toWire()).getRcode()).isEqualTo(Rcode.REFUSED);
            Signing query = Signing.of(Signing.asking(WWW, Type.A).tsig(), notify);
            assertThat(query.verified(server.octets(CLIENT, query.bytes())).getRcode())
                    .isEqualTo(Rcode.NOTIMP);
        }
    }
}
