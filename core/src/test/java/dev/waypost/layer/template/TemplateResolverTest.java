package dev.waypost.layer.template;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class TemplateResolverTest implements ResolverContract {
    private static final Name EXAMPLE = Zones.name("example");
    private static final Resolver NOWHERE = query -> Fallthrough.FALLTHROUGH;

    @Override
    public Resolver resolver() {
        return resolver(addresses().fallthrough(List.of(Name.root)).build());
    }

    @Override
    public Query answerable() {
        return query("ip-192-0-2-1.example", Type.A);
    }

    private static Resolver resolver(TemplateRule... rules) {
        return new TemplateResolver(List.of(rules), NOWHERE, TemplateEvents.NONE);
    }

    private static Query query(String qname, int qtype) {
        return Query.of(Zones.name(qname), qtype);
    }

    private static TemplateRule.Builder rule() {
        return TemplateRule.builder(List.of(EXAMPLE));
    }

    private static TemplateText text(String template) {
        return TemplateText.of(template);
    }

    private static TemplateRule.Builder addresses() {
        return rule().qtype(Type.A)
                .match(LinearPattern.of("(^|[.])ip-(?P<a>\\d+)-(?P<b>\\d+)-(?P<c>\\d+)-(?P<d>\\d+)[.]example[.]$"))
                .answer(text("{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"));
    }

    @Test
    void recordsAreMadeOfTheName() {
        assertThat(resolver().resolve(query("IP-192-0-2-77.Example", Type.A)))
                .answers("IP-192-0-2-77.Example. 60 A 192.0.2.77")
                .isAuthoritative()
                .holds();
        assertThat(resolver().resolve(query("www.ip-192-0-2-1.example", Type.A)))
                .answers("www.ip-192-0-2-1.example. 60 A 192.0.2.1");
    }

    @Test
    @DisplayName("an AAAA template without records is NODATA, not NXDOMAIN")
    void aRuleWithoutRecordsIsNoData() {
        TemplateRule noAddress = rule().qtype(Type.AAAA)
                .authority(text("{{ .Zone }} 60 IN SOA ns.{{ .Zone }} hostmaster.{{ .Zone }} (1 60 60 60 60)"))
                .build();
        assertThat(resolver(noAddress).resolve(query("www.example", Type.AAAA)))
                .isNoData()
                .hasSoa("example.", 60)
                .isAuthoritative()
                .holds();
        assertFallsThrough(resolver(noAddress).resolve(query("www.example", Type.A)));
    }

    @Test
    void aNameThatNoExpressionFitsIsAFailureUnlessItFallsThrough() {
        assertThat(resolver(addresses().build()).resolve(query("www.example", Type.A)))
                .hasRcode(Rcode.SERVFAIL)
                .holdsNoMore();
        assertFallsThrough(
                resolver(addresses().fallthrough(List.of(EXAMPLE)).build()).resolve(query("www.example", Type.A)));
        assertThat(resolver(addresses()
                                .fallthrough(List.of(Zones.name("a.example")))
                                .build())
                        .resolve(query("www.example", Type.A)))
                .hasRcode(Rcode.SERVFAIL);
        assertFallsThrough(resolver(addresses().build()).resolve(query("www.invalid", Type.A)));
        assertFallsThrough(resolver(addresses().build()).resolve(query("www.example", Type.TXT)));
    }

    @Test
    void theFirstRuleThatFitsAnswers() {
        TemplateRule second = rule().answer(text("{{ .Name }} 5 IN TXT {{ .Class }}-{{ .Type }}"))
                .build();
        Resolver both = resolver(addresses().fallthrough(List.of(Name.root)).build(), second);
        assertThat(both.resolve(query("ip-192-0-2-1.example", Type.A))).answers("ip-192-0-2-1.example. 60 A 192.0.2.1");
        assertThat(both.resolve(query("www.example", Type.A))).answers("www.example. 5 TXT IN-A");
        assertThat(both.resolve(query("www.example", Type.SRV))).answers("www.example. 5 TXT IN-SRV");
        assertThat(both.resolve(query("www.example", Type.ANY))).answers("www.example. 5 TXT IN-ANY");
    }

    @Test
    void theFirstExpressionThatFitsFillsTheGroups() {
        TemplateRule rule = rule().match(LinearPattern.of("^a(?P<x>.)"))
                .match(LinearPattern.of("^(?P<x>.)"))
                .answer(text("{{ .Name }} 5 IN TXT {{ .Group.x }}"))
                .build();
        assertThat(resolver(rule).resolve(query("ab.example", Type.TXT))).answers("ab.example. 5 TXT b");
        assertThat(resolver(rule).resolve(query("cd.example", Type.TXT))).answers("cd.example. 5 TXT c");
    }

    @Test
    void classesAndTypesOfQueriesAndRulesMeet() {
        TemplateRule chaos = rule().qclass(DClass.CH)
                .qtype(Type.TXT)
                .answer(text("{{ .Name }} 0 {{ .Class }} TXT {{ .Type }}"))
                .build();
        Query query = query("www.example", Type.TXT);
        assertFallsThrough(resolver(chaos).resolve(query));
        Response response = DnsAssertions.response(resolver(chaos).resolve(query.withQclass(DClass.CH)));
        assertThat(response).answers("www.example. 0 TXT TXT");
        assertThat(response.answer().get(0).rrclass()).isEqualTo(DClass.CH);
        assertThat(resolver(chaos).resolve(query.withQclass(DClass.ANY).withQtype(Type.ANY)))
                .answers("www.example. 0 TXT TXT");
        TemplateRule every = rule().qclass(DClass.ANY).rcode(Rcode.NXDOMAIN).build();
        assertThat(resolver(every).resolve(query.withQclass(DClass.CH))).hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void allSectionsAndAnErrorMayBeSaid() {
        TemplateRule rule = rule().rcode(Rcode.NXDOMAIN)
                .authority(text("{{ .Zone }} 60 {{ .Class }} SOA ns.invalid. hostmaster.invalid. (1 60 60 60 60)"))
                .additional(text("ns.invalid. 60 IN A 192.0.2.53"))
                .extendedError(new ExtendedError(21, "Blocked according to RFC2606"))
                .build();
        assertThat(resolver(rule).resolve(query("www.example", Type.A)))
                .isNxDomain()
                .hasAdditional("ns.invalid. 60 A 192.0.2.53")
                .hasExtendedError(21)
                .holds();
    }

    @Test
    void recordsOfOneOwnerAndTypeAreOneSet() {
        TemplateRule rule = rule().answer(text("a.example 60 A 192.0.2.1"))
                .answer(text("b.example 60 A 192.0.2.2"))
                .answer(text("a.example 30 A 192.0.2.3"))
                .answer(text("a.example A6X"))
                .build();
        assertThat(resolver(rule).resolve(query("a.example", Type.A))).hasRcode(Rcode.SERVFAIL);
        TemplateRule good = rule().answer(text("a.example 60 A 192.0.2.1"))
                .answer(text("b.example A 192.0.2.2"))
                .answer(text("a.example 30 A 192.0.2.3"))
                .build();
        assertThat(resolver(good).resolve(query("a.example", Type.A)))
                .answers("a.example. 30 A 192.0.2.1", "a.example. 30 A 192.0.2.3", "b.example. 3600 A 192.0.2.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "a.example 60 A",
                "a.example 60 IN A 192.0.2",
                "$INCLUDE /etc/passwd",
                "$TTL 5",
                "$GENERATE 1-5 a$ A 192.0.2.$",
                "a.example 60 A 192.0.2.1\nb.example 60 A 192.0.2.2",
                "a..example 60 A 192.0.2.1",
                "{{ .Nope }}"
            })
    void whatIsNoRecordIsAFailure(String template) {
        TemplateRule rule = rule().answer(text(template)).build();
        Response response = DnsAssertions.response(resolver(rule).resolve(query("a.example", Type.A)));
        assertThat(response).hasRcode(Rcode.SERVFAIL).hasAnswer().holdsNoMore();
        assertThat(response.extendedErrors().get(0).text()).isNotEmpty();
    }

    @Test
    void aliasesAreFollowed() {
        TemplateRule rule =
                rule().answer(text("{{ .Name }} 60 IN CNAME www.example.net")).build();
        Resolver engine = query -> query.qname().equals(Zones.name("www.example.net"))
                ? Response.answer(Freshness.always(), Zones.set("www.example.net 300 A 192.0.2.1"))
                : Fallthrough.FALLTHROUGH;
        Resolver resolver = new TemplateResolver(List.of(rule), engine, TemplateEvents.NONE);
        assertThat(resolver.resolve(query("a.example", Type.A)))
                .answers("a.example. 60 CNAME www.example.net.", "www.example.net. 300 A 192.0.2.1");
        assertThat(resolver.resolve(query("a.example", Type.CNAME))).answers("a.example. 60 CNAME www.example.net.");
        assertThat(resolver(rule).resolve(query("a.example", Type.A))).answers("a.example. 60 CNAME www.example.net.");
        TemplateRule[] circle = {
            rule().answer(text("{{ .Name }} 60 CNAME a.example")).build()
        };
        assertThat(resolver(circle).resolve(query("a.example", Type.A))).answers("a.example. 60 CNAME a.example.");
    }

    private static Query from(String address) {
        try {
            Client client = new Client(InetAddress.getByName(address), 1, Transport.UDP);
            Query query = query("a.example", Type.TXT);
            return new Query(query.qname(), query.qtype(), DClass.IN, false, false, query.edns(), client, 0, List.of());
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    @Test
    void whatSaysSomethingOfTheClientIsForThatClientOnly() {
        TemplateRule rule =
                rule().answer(text("{{ .Name }} 0 TXT {{ .Remote }}")).build();
        Response response = DnsAssertions.response(resolver(rule).resolve(from("192.0.2.1")));
        assertThat(response).answers("a.example. 0 TXT 192.0.2.1");
        assertThat(response.freshness().holdsFor(from("192.0.2.1").client())).isTrue();
        assertThat(response.freshness().holdsFor(from("192.0.2.2").client())).isFalse();
        TemplateRule label =
                rule().answer(text("{{ .Name }} 0 TXT x{{ .Meta \"a/b\" }}")).build();
        assertThat(resolver(label).resolve(from("192.0.2.1")))
                .answers("a.example. 0 TXT x")
                .holdsNoMore();
    }

    @Test
    void failuresAreNotSaidAgain() {
        for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED}) {
            assertThat(resolver(rule().rcode(rcode).build()).resolve(query("a.example", Type.A)))
                    .hasRcode(rcode)
                    .holdsNoMore();
        }
    }

    @Test
    void whatTemplatesDoIsHeard() {
        List<String> heard = new ArrayList<>();
        TemplateEvents events = new TemplateEvents() {
            @Override
            public void matched(TemplateRule rule, Name zone) {
                heard.add("matched " + zone);
            }

            @Override
            public void notFilled(TemplateRule rule, Name zone, String section, TemplateText template) {
                heard.add("not filled " + section + " " + template);
            }

            @Override
            public void noRecord(TemplateRule rule, Name zone, String section, TemplateText template) {
                heard.add("no record " + section + " " + template);
            }
        };
        TemplateRule unfilled = rule().additional(text("{{ .X }}")).build();
        TemplateRule noRecord = TemplateRule.builder(List.of(Zones.name("invalid")))
                .authority(text("x"))
                .build();
        Resolver resolver = new TemplateResolver(List.of(unfilled, noRecord), NOWHERE, events);
        resolver.resolve(query("a.example", Type.A));
        resolver.resolve(query("a.invalid", Type.A));
        assertThat(heard)
                .containsExactly(
                        "matched example.",
                        "not filled additional {{ .X }}",
                        "matched invalid.",
                        "no record authority x");
    }
}
