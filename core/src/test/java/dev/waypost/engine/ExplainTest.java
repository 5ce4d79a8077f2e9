package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Trail;
import dev.waypost.lookup.Explanation;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Zones;
import dev.waypost.zone.StaticZone;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ExplainTest {
    private static final Name EXAMPLE = Name.fromConstantString("example.");
    private static final StaticZone ZONE = Zones.zone(
            "example.",
            "example. 300 SOA ns.example. hostmaster.example. 1 7200 1800 86400 60",
            "example. 300 NS ns.example.",
            "ns.example. 300 A 192.0.2.53",
            "www.example. 300 CNAME host.other.");

    private final FakeTicker ticker = new FakeTicker();

    private static List<String> lines(Explanation explanation) {
        return explanation.steps().stream()
                .map(step -> step.part() + ": " + step.what())
                .toList();
    }

    private Query query(String name) {
        return Query.of(Name.fromConstantString(name), Type.A).withDeadline(ticker.nanoTime() + 1_000_000_000L);
    }

    @Test
    void everyStepOfAnAliasIntoAnotherZoneIsTold() {
        CompletableFuture<Resolution> upstream = new CompletableFuture<>();
        upstream.complete(Response.empty(Rcode.NOERROR, Freshness.uncached()));
        try (DnsEngine engine = DnsEngine.builder()
                .zone(ZONE)
                .resolver(Name.root, query -> Pending.on(upstream))
                .ticker(ticker)
                .build()
                .start()) {
            assertThat(lines(engine.explain(query("www.example."))))
                    .containsExactly(
                            "zone: example. for www.example.",
                            "source: example. says Alias of www.example. A",
                            "zone: . for host.other.");
        }
    }

    @Test
    void aLayerThatChangesAnAnswerIsTold_andOneThatHandsItOnIsNot() {
        Layer refusing = next -> query -> Response.failure(Rcode.REFUSED);
        Layer handing = next -> next::resolve;
        EnginePlan plan = EnginePlan.builder()
                .zone(
                        EXAMPLE,
                        Trail.through(
                                "first",
                                handing.over(Trail.through("second", refusing.over(query -> Fallthrough.FALLTHROUGH)))))
                .build();
        try (DnsEngine engine = DnsEngine.of(plan).start()) {
            Explanation explanation = engine.explain(Query.of(Name.fromConstantString("www.example."), Type.A));
            assertThat(lines(explanation))
                    .containsExactly("zone: example. for www.example.", "second: REFUSED, 0 records");
            assertThat(explanation.steps().get(1).details()).containsEntry("rcode", "REFUSED");
            assertThat(explanation.response().rcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void theTextHasAStepALineAndThenTheRecords() {
        try (DnsEngine engine =
                DnsEngine.builder().zone(ZONE).ticker(ticker).build().start()) {
            assertThat(engine.explain(query("ns.example."))).hasToString("""
                    ns.example. A
                         0.000 ms  zone: example. for ns.example.
                         0.000 ms  source: example. says Found of ns.example. A
                        ns.example. 300 IN A 192.0.2.53
                    """);
        }
    }

    @Test
    void noAnswerInTimeIsServfail() {
        try (DnsEngine engine = DnsEngine.builder()
                .resolver(EXAMPLE, query -> Pending.on(new CompletableFuture<>()))
                .build()
                .start()) {
            Query soon =
                    Query.of(Name.fromConstantString("www.example."), Type.A).withDeadline(System.nanoTime());
            assertThat(engine.explain(soon).response().rcode()).isEqualTo(Rcode.SERVFAIL);
        }
    }

    @Test
    void nobodyWhoDoesNotAskIsToldAnything() {
        Trail.NONE.step("part", "what");
        assertThat(Trail.NONE.steps()).isEmpty();
        assertThat(Query.of(EXAMPLE, Type.A).trail().isWanted()).isFalse();
    }

    @Test
    void anExplanationIsBounded() {
        Trail trail = Trail.begin(ticker);
        for (int i = 0; i < 1000; i++) {
            trail.step("part", "what");
        }
        assertThat(trail.steps()).hasSize(256);
    }
}
