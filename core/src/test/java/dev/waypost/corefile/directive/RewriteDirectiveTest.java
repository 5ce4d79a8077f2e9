package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.EdnsOption;
import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Every form that CoreDNS documents, from the words to the reply. */
class RewriteDirectiveTest {
    private static final String CLIENT = "192.0.2.1";

    static final List<Arguments> FAULTS = List.of(
            Arguments.of(
                    "rewrite", "2:1: 'rewrite' wants name, type, class, ttl, rcode, cname or edns0, found nothing"),
            Arguments.of(
                    "rewrite stop",
                    "2:9: 'rewrite' wants name, type, class, ttl, rcode, cname or edns0, found nothing"),
            Arguments.of(
                    "rewrite answer name a b",
                    "2:9: 'rewrite' wants name, type, class, ttl, rcode, cname or edns0, found \"answer\""),
            Arguments.of("rewrite name", "2:9: 'name' wants a name, found nothing"),
            Arguments.of("rewrite name a", "2:14: 'name' wants a replacement, found nothing"),
            Arguments.of(
                    "rewrite name glob a b",
                    "2:14: 'name' wants exact, prefix, suffix, substring or regex, found \"glob\""),
            Arguments.of("rewrite name exact a b c", "2:24: a rule of 'rewrite' ends before \"c\""),
            Arguments.of(
                    "rewrite name regex ( b",
                    "2:20: a regular expression is wanted ('(' is never closed, letter 2), found \"(\""),
            Arguments.of("rewrite name regex (a) {2}", "2:24: {2} names a group that \"(a)\" does not have"),
            Arguments.of("rewrite name exact a b answer", "2:24: 'answer' wants auto, name or value, found nothing"),
            Arguments.of("rewrite name exact a b answer x", "2:31: 'answer' wants auto, name or value, found \"x\""),
            Arguments.of(
                    "rewrite name exact a b answer name c", "2:36: 'answer name' wants a replacement, found nothing"),
            Arguments.of(
                    "rewrite name exact a b answer value [ d",
                    "2:37: a regular expression is wanted ('[' is never closed, letter 2), found \"[\""),
            Arguments.of("rewrite type A", "2:14: 'type' wants a type to ask for, found nothing"),
            Arguments.of("rewrite type A6X A", "2:14: 'type' wants a record type as A or TYPE65280, found \"A6X\""),
            Arguments.of("rewrite class IN XX", "2:18: 'class' wants a class as IN or CH, found \"XX\""),
            Arguments.of("rewrite ttl a x", "2:15: 'ttl' wants seconds as 30, 30-300, 30- or -300, found \"x\""),
            Arguments.of("rewrite ttl a -", "2:15: 'ttl' wants seconds as 30, 30-300, 30- or -300, found \"-\""),
            Arguments.of(
                    "rewrite ttl a 9-3", "2:15: 'ttl' wants seconds 0..2147483647, the least in front, found \"9-3\""),
            Arguments.of(
                    "rewrite ttl a 2147483648",
                    "2:15: 'ttl' wants seconds 0..2147483647, the least in front, found \"2147483648\""),
            Arguments.of("rewrite rcode a NXDOMAIN", "2:17: 'rcode' wants an RCODE to say, found nothing"),
            Arguments.of(
                    "rewrite rcode a NX SERVFAIL",
                    "2:17: 'rcode' wants an RCODE as NXDOMAIN or a number 0..4095, found \"NX\""),
            Arguments.of("rewrite cname a", "2:15: 'cname' wants a replacement, found nothing"),
            Arguments.of("rewrite edns0", "2:9: 'edns0' wants local, nsid or subnet, found nothing"),
            Arguments.of("rewrite edns0 foo set", "2:15: 'edns0' wants local, nsid or subnet, found \"foo\""),
            Arguments.of("rewrite edns0 nsid get", "2:20: 'edns0' wants set, append, replace or unset, found \"get\""),
            Arguments.of("rewrite edns0 nsid set x", "2:24: a rule of 'rewrite' ends before \"x\""),
            Arguments.of("rewrite edns0 local set", "2:21: 'edns0 local' wants an option code, found nothing"),
            Arguments.of(
                    "rewrite edns0 local set 65536 x", "2:25: 'edns0 local' wants a number 0..65535, found \"65536\""),
            Arguments.of(
                    "rewrite edns0 local set 0xffee 0x123",
                    "2:32: 'edns0 local' wants hexadecimal digits in pairs behind 0x, found \"0x123\""),
            Arguments.of(
                    "rewrite edns0 local set 0xffee {client}",
                    "2:32: 'edns0 local' wants a variable as {client_ip}, or a label as {view/name},"
                            + " found \"{client}\""),
            Arguments.of("rewrite edns0 subnet set 33 56", "2:26: 'edns0 subnet' wants a number 0..32, found \"33\""),
            Arguments.of(
                    "rewrite edns0 subnet set 24 129", "2:29: 'edns0 subnet' wants a number 0..128, found \"129\""),
            Arguments.of("rewrite {\n name a b {\n x\n }\n}", "4:2: 'name' wants no block, found \"x\""));

    private final AtomicReference<Query> below = new AtomicReference<>();

    private ServedCorefile serving(String directives, String... records) {
        Resolver nowhere = query -> Fallthrough.FALLTHROUGH;
        Resolver zone = new AuthoritativeResolver(Zones.zone(".", records), FallthroughZones.NONE, nowhere);
        return ServedCorefile.of(". {\n" + directives + "\n forward\n}", query -> {
            below.set(query);
            return zone.resolve(query);
        });
    }

    @ParameterizedTest(name = "{1}")
    @FieldSource("FAULTS")
    void aRuleThatIsNotUnderstoodIsRefusedInItsPlace(String directive, String message) {
        assertThatThrownBy(() -> serving(directive))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rules | asked | asked instead
                "name example.net example.org            | Example.Net. A | example.org. A",
                "stop name exact example.net example.org | example.net. A | example.org. A",
                "NAME PREFIX schmoogle google            | schmoogle.com. A | google.com. A",
                "name suffix .schmoogle.com .google.com. | www.schmoogle.com. A | www.google.com. A",
                "name substring smith jones              | smith.smithy.example. A | jones.jonesy.example. A",
                "name regex (.*)-(us-west-1)\\.coredns\\.rocks {1}.service.{2}.consul"
                        + " | ftp-us-west-1.coredns.rocks. A | ftp.service.us-west-1.consul. A",
                "type ANY HINFO                          | a. ANY | a. HINFO",
                "type any type65280                      | a. ANY | a. TYPE65280",
                "type AAAA A                             | a. A | a. A",
                "name a b; name b c                      | a. A | b. A",
                "continue name a b; name b c             | a. A | c. A",
                "name x y; type A AAAA                   | a. A | a. AAAA",
                "ttl a 5; name a b                       | a. A | a. A",
                "continue ttl a 5; name a b              | a. A | b. A",
            })
    void questionsAreChanged(String rules, String asked, String instead) {
        String directives = "rewrite " + rules.replace(";", "\nrewrite ");
        try (ServedCorefile server = serving(directives)) {
            String[] words = asked.split(" ");
            byte[] query = WireMessages.query(words[0], Type.value(words[1])).bytes();
            Message reply = server.message(CLIENT, query);
            assertThat(below.get().qname() + " " + Type.string(below.get().qtype()))
                    .isEqualTo(instead);
            assertThat(reply.getQuestion().getName()).hasToString(words[0]);
            assertThat(Type.string(reply.getQuestion().getType())).isEqualTo(words[1]);
        }
    }

    @Test
    void classesAreChanged() {
        try (ServedCorefile server = serving("rewrite class CH IN", "a. A 192.0.2.1")) {
            byte[] query = WireMessages.header()
                    .question(Name.fromConstantString("a.").toWire(), Type.A, DClass.CH)
                    .bytes();
            assertThat(server.message(CLIENT, query).getQuestion().getDClass()).isEqualTo(DClass.CH);
            assertThat(below.get().qclass()).isEqualTo(DClass.IN);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rewrite name a.example b.example                            | a.example. 300 A 192.0.2.1",
                "rewrite name exact a.example b.example answer auto          | a.example. 300 A 192.0.2.1",
                "rewrite name prefix a b                                     | b.example. 300 A 192.0.2.1",
                "rewrite name prefix a b answer auto                         | a.example. 300 A 192.0.2.1",
                "rewrite name substring a.ex b.ex answer auto                | a.example. 300 A 192.0.2.1",
                "rewrite name suffix a.example. b.example. answer auto       | a.example. 300 A 192.0.2.1",
                "rewrite name regex ^a(.*) b{1} answer name ^b(.*) a{1}      | a.example. 300 A 192.0.2.1",
                "rewrite stop {;name regex ^a(.*) b{1};answer name ^b(.*) a{1};} | a.example. 300 A 192.0.2.1",
                "rewrite name regex ^a(.*) b{1} answer auto                  | a.example. 300 A 192.0.2.1",
                "rewrite name regex ^a b.example                             | b.example. 300 A 192.0.2.1",
                "rewrite continue name a.example b.example;rewrite ttl b.example 20 | a.example. 20 A 192.0.2.1",
                "rewrite continue ttl regex a.*example 20;rewrite name a.example b.example | a.example. 20 A 192.0.2.1",
                "rewrite continue {;ttl regex (.*) 100-200;};rewrite name a.example b.example | a.example. 200 A 192.0.2.1",
                "rewrite continue ttl suffix . 400-;rewrite name a.example b.example | a.example. 400 A 192.0.2.1",
                "rewrite continue ttl prefix a -100;rewrite name a.example b.example | a.example. 100 A 192.0.2.1",
            })
    void answersAreChangedOnTheirWayBack(String rules, String answer) {
        try (ServedCorefile server = serving(rules.replace(';', '\n'), "b.example. A 192.0.2.1")) {
            for (int i = 0; i < 2; i++) { // once from the rules, once from an image
                assertThat(server.answer(CLIENT, "a.example.", "A")).isEqualTo("NOERROR | " + answer);
            }
        }
    }

    @Test
    void anImageOfARewrittenAnswerKeepsTheSpellingOfItsQuery() {
        try (ServedCorefile server = serving("rewrite name a.example b.example", "b.example. A 192.0.2.1")) {
            for (String qname : List.of("a.example.", "A.example.", "A.EXAMPLE.")) {
                assertThat(server.answer(CLIENT, qname, "A")).isEqualTo("NOERROR | " + qname + " 300 A 192.0.2.1");
            }
        }
    }

    @Test
    void valuesAreChanged() {
        String rule = "rewrite name suffix .corp .svc answer auto answer value (.*)[.]inner[.]$ {1}.outer";
        try (ServedCorefile server = serving(rule, "a.svc. MX 5 mx.inner.")) {
            assertThat(server.answer(CLIENT, "a.corp.", "MX")).isEqualTo("NOERROR | a.corp. 300 MX 5 mx.outer.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rcode none. NXDOMAIN SERVFAIL      | SERVFAIL",
                "rcode exact none. nxdomain noerror | NOERROR",
                "rcode regex .* 3 5                 | REFUSED",
                "rcode suffix . SERVFAIL NOERROR    | NXDOMAIN",
            })
    void rcodesAreChanged(String rule, String rcode) {
        try (ServedCorefile server = serving("rewrite " + rule)) {
            assertThat(server.rcode(CLIENT, "none.", "A")).isEqualTo(rcode);
        }
    }

    @Test
    void aliasesAreLedElsewhere() {
        String[] records = {"a. CNAME old.cdn.", "old.cdn. A 192.0.2.1", "new.cdn. A 192.0.2.2"};
        try (ServedCorefile server = serving("rewrite cname exact old.cdn new.cdn.", records)) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer(CLIENT, "a.", "A"))
                        .isEqualTo("NOERROR | a. 300 CNAME new.cdn. | new.cdn. 300 A 192.0.2.2");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local set 0xffee 0x61626364           | 65518 61626364",
                "local append 65518 abcd               | 65518 61626364",
                "local replace 0xffee abcd             | ",
                "local set 0xffee {protocol} revert    | 65518 756470",
                "local set 0xffee {test/label}         | ",
                "nsid set                              | 3 ",
                "subnet set 24 56                      | 8 00011800c00002",
                "local unset 0xffee                    | ",
                "subnet unset                          | ",
            })
    void optionsAreChanged(String rule, String option) {
        try (ServedCorefile server = serving("rewrite edns0 " + rule)) {
            server.rcode(CLIENT, "a.", "A");
            assertThat(below.get().edns().options().stream()
                            .map(RewriteDirectiveTest::text)
                            .toList())
                    .isEqualTo(option == null ? List.of() : List.of(option.equals("3") ? "3 " : option));
        }
    }

    private static String text(EdnsOption option) {
        return option.code() + " " + HexFormat.of().formatHex(option.content());
    }

    @Test
    void anAnswerForASubnetIsNotReplayedOutsideOfIt() {
        try (ServedCorefile server = serving("rewrite edns0 subnet set 24 56", "a. A 192.0.2.1")) {
            server.rcode("192.0.2.1", "a.", "A");
            below.set(null);
            server.rcode("192.0.2.200", "a.", "A");
            assertThat(below.get()).as("the same subnet").isNull();
            server.rcode("198.51.100.1", "a.", "A");
            assertThat(below.get()).as("another subnet").isNotNull();
        }
    }

    @Test
    void accessRulesSeeTheNameThatIsAnsweredWhateverTheOrderInTheFile() {
        String directives = "acl secret.example {\n block\n}\nrewrite name open.example secret.example";
        try (ServedCorefile server = serving(directives, "secret.example. A 192.0.2.1")) {
            assertThat(server.rcode(CLIENT, "open.example.", "A")).isEqualTo("REFUSED");
        }
    }
}
