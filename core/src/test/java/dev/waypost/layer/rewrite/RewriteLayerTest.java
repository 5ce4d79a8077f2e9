package dev.waypost.layer.rewrite;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.layer.rewrite.RewriteLayer.Entry;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class RewriteLayerTest implements LayerContract {
    private static final NameMatch EVERY = new NameMatch.Suffix(".");
    private static final AnswerNames AUTO = new AnswerNames.Auto();

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicReference<Query> below = new AtomicReference<>();

    @Override
    public Layer layer() {
        NameRule name = new NameRule(new NameMatch.Exact("www.example.org."), "www.example.net.", List.of(AUTO));
        return new RewriteLayer(List.of(new Entry(name, true), new Entry(new TtlRule(EVERY, 5, 60, ticker), false)));
    }

    private static Query query(String qname, int qtype) {
        return Query.of(Zones.name(qname), qtype);
    }

    private Resolver zone(String... lines) {
        Resolver[] engine = new Resolver[1];
        Resolver zone = new AuthoritativeResolver(
                Zones.zone(".", lines), FallthroughZones.NONE, query -> engine[0].resolve(query));
        engine[0] = query -> {
            below.set(query);
            return zone.resolve(query);
        };
        return engine[0];
    }

    private Response ask(Layer layer, Resolver next, Query query) {
        return DnsAssertions.response(layer.over(next).resolve(query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // the match and its replacement ; the name ; what is asked instead, nothing where the rule does not fit
                "exact a.example. b.example.    ; A.Example.          ; b.example.",
                "exact a.example. b.example.    ; www.a.example.      ; ",
                "prefix www. mail.              ; WWW.example.        ; mail.example.",
                "prefix www mail                ; wwwx.example.       ; mailx.example.",
                "prefix www. mail.              ; a.www.example.      ; ",
                "suffix .a.example. .b.example. ; x.y.a.example.      ; x.y.b.example.",
                "suffix .a.example. .b.example. ; a.example.          ; ",
                "suffix a.example. b.example.   ; xa.example.         ; xb.example.",
                "suffix .a.example. .b.example. ; x\\.a.example.      ; ",
                "substring -eu- -us-            ; a-eu-b-eu-c.example.; a-us-b-us-c.example.",
                "substring -eu- -us-            ; a-us-b.example.     ; ",
                "regex (.*)-(eu|us)[.] {2}.{1}. ; a-b-eu.example.     ; eu.a-b.",
                "regex ^a b.                    ; aaa.example.        ; b.",
                "regex ^[.] x.                  ; a.example.          ; ",
            })
    void aMatchSaysWhatIsReplaced(String rule, String name, String instead) {
        String[] words = rule.trim().split(" ");
        NameMatch match = switch (words[0]) {
            case "exact" -> new NameMatch.Exact(words[1]);
            case "prefix" -> new NameMatch.Prefix(words[1]);
            case "suffix" -> new NameMatch.Suffix(words[1]);
            case "substring" -> new NameMatch.Substring(words[1]);
            default -> new NameMatch.Regex(LinearPattern.of(words[1]));
        };
        ask(new RewriteLayer(new NameRule(match, words[2], List.of())), zone(), query(name, Type.A));
        assertThat(below.get().qname().toString()).isEqualTo(instead == null ? name : instead);
    }

    @Test
    void theFirstRuleThatFitsIsTheLastUnlessItGoesOn() {
        RewriteRule first = new NameRule(new NameMatch.Exact("a."), "b.", List.of());
        RewriteRule second = new NameRule(new NameMatch.Exact("b."), "c.", List.of());
        RewriteRule third = QuestionRule.type(Type.A, Type.AAAA);
        List<RewriteRule> rules = List.of(QuestionRule.type(Type.MX, Type.TXT), first, second, third);
        ask(new RewriteLayer(rules.toArray(RewriteRule[]::new)), zone(), query("a", Type.A));
        assertThat(below.get().qname()).hasToString("b.");
        assertThat(below.get().qtype()).isEqualTo(Type.A);
        ask(new RewriteLayer(rules.stream().map(rule -> new Entry(rule, true)).toList()), zone(), query("a", Type.A));
        assertThat(below.get().qname()).hasToString("c.");
        assertThat(below.get().qtype()).isEqualTo(Type.AAAA);
    }

    @Test
    void autoLeadsAnswersBack() {
        RewriteRule rule = new NameRule(new NameMatch.Exact("red.example."), "blue.example.", List.of(AUTO));
        Resolver zone = zone("blue.example. CNAME www.blue.example.", "www.blue.example. A 192.0.2.1");
        assertThat(ask(new RewriteLayer(rule), zone, query("Red.example", Type.A)))
                .answers("Red.example. 300 CNAME www.Red.example.", "www.Red.example. 300 A 192.0.2.1");
    }

    @Test
    void autoOfASuffixLeadsEveryNameUnderItBack() {
        RewriteRule rule = new NameRule(new NameMatch.Suffix(".corp.example."), ".svc.example.", List.of(AUTO));
        Resolver zone = zone("a.svc.example. SRV 0 0 80 b.svc.example.", "b.svc.example. A 192.0.2.1");
        assertThat(ask(new RewriteLayer(rule), zone, query("a.corp.example", Type.SRV)))
                .answers("a.corp.example. 300 SRV 0 0 80 b.corp.example.")
                .hasAdditional("b.corp.example. 300 A 192.0.2.1");
    }

    @Test
    void withoutAnAnswerRuleTheOtherNameIsSeen() {
        RewriteRule rule = new NameRule(new NameMatch.Prefix("a."), "b.", List.of());
        assertThat(ask(new RewriteLayer(rule), zone("b.example. A 192.0.2.1"), query("a.example", Type.A)))
                .answers("b.example. 300 A 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CNAME n.old.example.          | CNAME n.new.example.",
                "DNAME old.example.            | DNAME new.example.",
                "NS n.old.example.             | NS n.new.example.",
                "PTR n.old.example.            | PTR n.new.example.",
                "MX 5 n.old.example.           | MX 5 n.new.example.",
                "SRV 1 2 3 n.old.example.      | SRV 1 2 3 n.new.example.",
                "SOA n.old.example. h.old.example. 1 2 3 4 5 | SOA n.new.example. h.old.example. 1 2 3 4 5",
                "NAPTR 1 2 \"S\" \"x\" \"\" n.old.example. | NAPTR 1 2 \"S\" \"x\" \"\" n.new.example.",
                "TXT n.old.example.            | TXT n.old.example.",
                "MX 5 elsewhere.               | MX 5 elsewhere.",
            })
    void valuesAreTheNamesThatRecordsHold(String record, String changed) {
        AnswerNames values = new AnswerNames.Values(LinearPattern.of("(.*)old[.]example[.]$"), "{1}new.example.");
        RewriteRule rule = new NameRule(new NameMatch.Prefix("a."), "b.", List.of(values));
        RecordSet set = Zones.set("b.example. 60 " + record);
        Response response = Response.answer(Freshness.always())
                .withAnswer(List.of(set))
                .withAuthority(List.of(set))
                .withAdditional(List.of(set));
        String wanted = "b.example. 60 " + changed;
        assertThat(ask(new RewriteLayer(rule), query -> response, query("a.example", Type.A)))
                .answers(wanted)
                .hasAuthority(wanted)
                .hasAdditional(wanted);
    }

    @Test
    void ownersAreChangedByTheirOwnExpression() {
        AnswerNames owners = new AnswerNames.Owners(
                LinearPattern.of("(.*)\\.service\\.(us-west-1)\\.consul"), "{1}-{2}.example.org");
        RewriteRule rule = new NameRule(
                new NameMatch.Regex(LinearPattern.of("(.*)-(us-west-1)\\.example\\.org")),
                "{1}.service.{2}.consul",
                List.of(owners));
        Resolver zone = zone("ftp.service.us-west-1.consul. A 192.0.2.1", "ftp.service.us-west-1.consul. A 192.0.2.2");
        assertThat(ask(new RewriteLayer(rule), zone, query("ftp-us-west-1.example.org", Type.A)))
                .answers("ftp-us-west-1.example.org. 300 A 192.0.2.1", "ftp-us-west-1.example.org. 300 A 192.0.2.2");
    }

    @Test
    void aNameThatCannotBeIsAFailureAndSaysSo() {
        String label = "l".repeat(60);
        RewriteRule rule = new NameRule(new NameMatch.Suffix(".example."), "." + label + ".example.", List.of());
        Response response = ask(new RewriteLayer(rule), zone(), query((label + ".").repeat(4) + "example", Type.A));
        assertThat(response).hasRcode(Rcode.SERVFAIL).holdsNoMore();
        assertThat(response.extendedErrors().get(0).text()).startsWith("no domain name after rewrite: " + label);
        RewriteRule back = new NameRule(
                new NameMatch.Exact("a."),
                "b.",
                List.of(new AnswerNames.Owners(LinearPattern.of("^b[.]$"), label + label + "."), AUTO));
        assertThat(ask(new RewriteLayer(back), zone("b. A 192.0.2.1"), query("a", Type.A)))
                .answers("a. 300 A 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({"300, 5, 60, 60", "3, 5, 60, 5", "30, 5, 60, 30", "300, 0, 0, 0"})
    void ttlsAreKeptWithinBoundsInAllSections(int ttl, int least, int most, int wanted) {
        RecordSet set = Zones.set("a. " + ttl + " A 192.0.2.1");
        Response response = Response.answer(Freshness.always(), set)
                .withAuthority(List.of(set))
                .withAdditional(List.of(set));
        RewriteLayer layer = new RewriteLayer(new TtlRule(EVERY, least, most, ticker));
        String record = "a. " + wanted + " A 192.0.2.1";
        assertThat(ask(layer, query -> response, query("a", Type.A)))
                .answers(record)
                .hasAuthority(record)
                .hasAdditional(record)
                .holds();
    }

    @Test
    void aShorterTtlEndsTheImageOfAForwardedAnswer() {
        long now = ticker.nanoTime();
        Response kept = Response.answer(
                Freshness.until(now + Duration.ofMinutes(5).toNanos()), Zones.set("a. 300 A 192.0.2.1"));
        RewriteLayer layer = new RewriteLayer(new TtlRule(EVERY, 0, 15, ticker));
        assertThat(ask(layer, query -> kept, query("a", Type.A)))
                .holdsAt(now + Duration.ofMillis(14_999).toNanos());
        assertThat(ask(layer, query -> kept, query("a", Type.A))
                        .freshness()
                        .holdsAt(now + Duration.ofSeconds(15).toNanos()))
                .isFalse();
    }

    @Test
    void rcodesAreReplaced() {
        RewriteLayer layer = new RewriteLayer(new RcodeRule(EVERY, Rcode.SERVFAIL, Rcode.NXDOMAIN));
        for (Map.Entry<Integer, Integer> each : Map.of(
                        Rcode.SERVFAIL, Rcode.NXDOMAIN, Rcode.REFUSED, Rcode.REFUSED, Rcode.NOERROR, Rcode.NOERROR)
                .entrySet()) {
            assertThat(ask(layer, query -> Response.failure(each.getKey()), query("a", Type.A)))
                    .hasRcode(each.getValue());
        }
    }

    @Test
    void anAliasIsLedElsewhere() {
        Resolver zone = zone(
                "www.example. 60 CNAME first.cdn.example.",
                "first.cdn.example. 60 CNAME old.cdn.example.",
                "old.cdn.example. A 192.0.2.1",
                "new.cdn.example. CNAME end.example.",
                "end.example. A 192.0.2.99");
        RewriteRule rule = new AliasRule(new NameMatch.Exact("old.cdn.example."), "new.cdn.example.", zone);
        assertThat(ask(new RewriteLayer(rule), zone, query("www.example", Type.A)))
                .answers(
                        "www.example. 60 CNAME first.cdn.example.",
                        "first.cdn.example. 60 CNAME new.cdn.example.",
                        "new.cdn.example. 300 CNAME end.example.",
                        "end.example. 300 A 192.0.2.99");
        assertThat(ask(new RewriteLayer(rule), zone, query("first.cdn.example", Type.CNAME)))
                .answers("first.cdn.example. 60 CNAME new.cdn.example.");
        assertThat(ask(new RewriteLayer(rule), zone, query("end.example", Type.A)))
                .answers("end.example. 300 A 192.0.2.99");
    }

    @Test
    void anAliasThatIsLedInACircleEnds() {
        Resolver zone = zone("a.example. CNAME b.example.", "b.example. A 192.0.2.1");
        Resolver[] engine = new Resolver[1];
        RewriteRule rule =
                new AliasRule(new NameMatch.Exact("b.example."), "a.example.", query -> engine[0].resolve(query));
        engine[0] = new RewriteLayer(rule).over(zone);
        assertThat(engine[0].resolve(query("a.example", Type.A))).answers("a.example. 300 CNAME a.example.");
    }

    @Test
    void anAliasThatLeadsNowhereEnds() {
        RewriteRule rule =
                new AliasRule(new NameMatch.Suffix(".example."), ".invalid.", query -> Response.failure(Rcode.REFUSED));
        Resolver zone = zone("a. CNAME b.example.", "b.example. A 192.0.2.1");
        assertThat(ask(new RewriteLayer(rule), zone, query("a", Type.A))).answers("a. 300 CNAME b.invalid.");
    }

    @Test
    void anAliasIsLedWhenTheAnswerArrives() {
        Resolver zone = zone("a. CNAME b.", "b. A 192.0.2.1", "c. A 192.0.2.3");
        Resolver later = query -> Pending.on(CompletableFuture.supplyAsync(() -> zone.resolve(query)));
        RewriteRule rule = new AliasRule(new NameMatch.Exact("b."), "c.", later);
        assertThat(ask(new RewriteLayer(rule), later, query("a", Type.A)))
                .answers("a. 300 CNAME c.", "c. 300 A 192.0.2.3");
    }

    @Test
    void whatWasAskedInsteadIsAStepOfTheTrail() {
        Query query = query("a", Type.A).withTrail(dev.waypost.Trail.begin(ticker));
        Resolution ignored = new RewriteLayer(new NameRule(new NameMatch.Exact("a."), "b.", List.of()))
                .over(zone())
                .resolve(query);
        assertThat(ignored).isNotNull();
        assertThat(query.trail().steps().get(0).what()).isEqualTo("a. A is asked as b. A");
    }
}
