package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TemplateDirectiveTest {
    private static final String CLIENT = "192.0.2.1";

    static final List<Arguments> FAULTS = List.of(
            Arguments.of("template", "2:1: 'template' wants CLASS TYPE [ZONES...], found 0 arguments"),
            Arguments.of("template IN", "2:1: 'template' wants CLASS TYPE [ZONES...], found 1 arguments"),
            Arguments.of("template X A", "2:10: 'class' wants a class as IN or CH, found \"X\""),
            Arguments.of("template IN A6X", "2:13: 'type' wants a record type as A or TYPE65280, found \"A6X\""),
            Arguments.of(
                    "template IN A",
                    "2:1: 'template' wants an answer, an authority or an rcode other than NOERROR, found none"),
            Arguments.of(
                    "template IN A {\n additional \"a 5 A 192.0.2.1\"\n}",
                    "2:1: 'template' wants an answer, an authority or an rcode other than NOERROR, found none"),
            Arguments.of("template IN A {\n answer\n}", "3:2: 'answer' wants a record, found nothing"),
            Arguments.of(
                    "template IN A {\n answer \"{{ .Name\"\n}",
                    "3:9: a template is wanted ('{{' is never closed), found \"{{ .Name\""),
            Arguments.of("template IN A {\n match\n}", "3:2: 'match' wants an expression, found nothing"),
            Arguments.of(
                    "template IN A {\n match a (\n}",
                    "3:10: a regular expression is wanted ('(' is never closed, letter 2), found \"(\""),
            Arguments.of(
                    "template IN A {\n rcode NOPE\n}",
                    "3:8: 'rcode' wants an RCODE as NXDOMAIN or a number 0..4095, found \"NOPE\""),
            Arguments.of("template IN A {\n rcode\n}", "3:2: 'rcode' wants an RCODE, found 0 arguments"),
            Arguments.of("template IN A {\n ederror x\n}", "3:10: 'ederror' wants a number 0..65535, found \"x\""),
            Arguments.of("template IN A {\n ederror\n}", "3:2: 'ederror' wants a code and a reason, found nothing"),
            Arguments.of("template IN A {\n var x y\n}", "3:2: option 'var' of 'template' is not supported yet"),
            Arguments.of("template IN A {\n expr x\n}", "3:2: option 'expr' of 'template' is not supported yet"),
            Arguments.of("template IN A {\n answers x\n}", "3:2: 'template' has no option 'answers'"));

    private final AtomicInteger forwarded = new AtomicInteger();

    private ServedCorefile serving(String directives) {
        return ServedCorefile.of(". {\n" + directives + "\n forward\n}", query -> {
            forwarded.incrementAndGet();
            return Response.empty(Rcode.NXDOMAIN, Freshness.always());
        });
    }

    @ParameterizedTest(name = "{1}")
    @FieldSource("FAULTS")
    void anOptionThatIsNotUnderstoodIsRefusedInItsPlace(String directive, String message) {
        assertThatThrownBy(() -> serving(directive))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:" + message);
    }

    @Test
    void aaaaIsNoDataAndTheRestIsForwarded() {
        try (ServedCorefile server =
                serving("template ANY AAAA {\n rcode NOERROR\n authority \". 60 SOA a. b. 1 2 3 4 5\"\n}")) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer(CLIENT, "www.example.", "AAAA")).isEqualTo("NOERROR");
            }
            assertThat(forwarded).hasValue(0);
            assertThat(server.rcode(CLIENT, "www.example.", "A")).isEqualTo("NXDOMAIN");
            assertThat(forwarded).hasValue(1);
        }
    }

    @Test
    void addressesAndTheirReverseNamesAreMade() {
        String directives = """
                template IN A example {
                    match (^|[.])ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]example[.]$
                    answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"
                    fallthrough
                }
                template IN PTR in-addr.arpa {
                    match ^(?P<d>[0-9]*)[.](?P<c>[0-9]*)[.](?P<b>[0-9]*)[.](?P<a>[0-9]*)[.]in-addr[.]arpa[.]$
                    answer "{{ .Name }} 60 IN PTR ip-{{ .Group.a }}-{{ .Group.b }}-{{ .Group.c }}-{{ .Group.d }}.example."
                }
                """;
        try (ServedCorefile server = serving(directives)) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer(CLIENT, "IP-192-0-2-7.Example.", "A"))
                        .isEqualTo("NOERROR | IP-192-0-2-7.Example. 60 A 192.0.2.7");
                assertThat(server.answer(CLIENT, "7.2.0.192.in-addr.arpa.", "PTR"))
                        .isEqualTo("NOERROR | 7.2.0.192.in-addr.arpa. 60 PTR ip-192-0-2-7.example.");
                assertThat(server.rcode(CLIENT, "2.0.192.in-addr.arpa.", "PTR")).isEqualTo("SERVFAIL");
                assertThat(server.rcode(CLIENT, "ip-999-0-2-7.example.", "A")).isEqualTo("SERVFAIL");
                assertThat(server.rcode(CLIENT, "www.example.", "A")).isEqualTo("NXDOMAIN");
            }
        }
    }

    @Test
    void theReplySaysWhyWhereToldSo() {
        String directive = "template ANY ANY invalid {\n rcode NXDOMAIN\n"
                + " authority \"invalid. 60 {{ .Class }} SOA ns.invalid. hostmaster.invalid. (1 60 60 60 60)\"\n"
                + " ederror 21 \"Blocked according to RFC2606\"\n}";
        try (ServedCorefile server = serving(directive)) {
            for (int i = 0; i < 2; i++) {
                Message reply = server.message(
                        CLIENT,
                        WireMessages.query("www.invalid.", Type.A).opt(1232).bytes());
                assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
                assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1);
                assertThat(reply.getOPT().getOptions().toString()).contains("Blocked according to RFC2606");
            }
        }
    }

    @Test
    void anAddressOfTheClientIsNotReplayedToAnother() {
        try (ServedCorefile server = serving("template IN A {\n answer \"{{ .Name }} 5 IN A {{ .Remote }}\"\n}")) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer("192.0.2.1", "me.example.", "A")).endsWith(" 192.0.2.1");
                assertThat(server.answer("192.0.2.2", "me.example.", "A")).endsWith(" 192.0.2.2");
            }
        }
    }

    @Test
    void anAliasLeadsIntoNoZoneThatItsClientMayNotSee() {
        String corefile = """
                example.org {
                    template IN A {
                        answer "{{ .Name }} 60 IN CNAME secret.example.net."
                        upstream
                    }
                }
                example.net {
                    acl {
                        allow net 192.0.2.0/24
                        block
                    }
                    template IN A {
                        answer "{{ .Name }} 60 IN A 10.0.0.1"
                    }
                }
                """;
        String alias = "NOERROR | www.example.org. 60 CNAME secret.example.net.";
        try (ServedCorefile server = ServedCorefile.of(corefile)) {
            for (int i = 0; i < 2; i++) {
                assertThat(server.answer("192.0.2.1", "www.example.org.", "A"))
                        .isEqualTo(alias + " | secret.example.net. 60 A 10.0.0.1");
                assertThat(server.answer("198.51.100.1", "www.example.org.", "A"))
                        .isEqualTo(alias);
            }
        }
    }

    @Test
    void matchesAndFailuresAreCounted() {
        String directives = "template IN A good {\n answer \"{{ .Name }} 5 A 192.0.2.1\"\n}\n"
                + "template IN ANY bad {\n answer \"{{ .Group.x }}\"\n}\n"
                + "template IN A worse {\n additional \"{{ index .Match 9 }}\"\n rcode NXDOMAIN\n}";
        try (ServedCorefile server = serving(directives)) {
            server.rcode(CLIENT, "a.good.", "A");
            server.rcode(CLIENT, "b.good.", "A");
            server.rcode(CLIENT, "a.bad.", "TXT");
            server.rcode(CLIENT, "a.worse.", "A");
            String labels = "server=dns://:53, ";
            assertThat(server.counters("coredns_template_"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "coredns_template_matches_total{class=IN, " + labels + "type=A, view=, zone=good.}", 2.0,
                            "coredns_template_matches_total{class=IN, " + labels + "type=ANY, view=, zone=bad.}", 1.0,
                            "coredns_template_matches_total{class=IN, " + labels + "type=A, view=, zone=worse.}", 1.0,
                            "coredns_template_rr_failures_total{class=IN, section=answer, " + labels
                                            + "template={{ .Group.x }}, type=ANY, view=, zone=bad.}",
                                    1.0,
                            "coredns_template_template_failures_total{class=IN, section=additional, " + labels
                                            + "template={{ index .Match 9 }}, type=A, view=, zone=worse.}",
                                    1.0));
        }
    }
}
