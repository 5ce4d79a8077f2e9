package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.QUERY;
import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.denial;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Envelope;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What is kept, and for whom. */
class CachingLayerTest implements LayerContract {
    private final CacheProbe probe = new CacheProbe();

    @Override
    public Layer layer() {
        return CachingLayer.builder().ticker(new FakeTicker()).build();
    }

    @Test
    void keptAnswerIsRepeatedAndItsTtlCountsDown() {
        assertThat(probe.ask()).answers("www.example. 300 A 192.0.2.1");
        probe.after(Duration.ofMillis(100_900));
        assertThat(probe.ask()).answers("www.example. 200 A 192.0.2.1").isNotAuthoritative();
        probe.after(Duration.ofMillis(199_050));
        assertThat(probe.ask()).answers("www.example. 1 A 192.0.2.1");
        assertThat(probe.asked()).isEqualTo(1);
        probe.after(Duration.ofMillis(50));
        assertThat(probe.ask()).answers("www.example. 300 A 192.0.2.1");
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void firstAnswerHoldsAsLongAsItIsKept() {
        Freshness freshness = DnsAssertions.response(probe.ask()).freshness();
        assertThat(freshness.holdsAt(probe.now())).isTrue();
        assertThat(freshness.isTimed()).isTrue();
        assertThat(freshness.holdsAt(probe.now() + Duration.ofSeconds(300).toNanos()))
                .isFalse();
    }

    @Test
    void firstAnswerIsTheForwardersAndTheNextTheCaches() {
        Envelope told = Envelope.PLAIN.withLabels(Map.of("forward/upstream", "192.0.2.53:53"));
        probe.says(answered("www.example. 300 A 192.0.2.1").withEnvelope(told));
        Response first = DnsAssertions.response(probe.ask());
        assertThat(first.answeredBy()).isEqualTo("forward");
        assertThat(first.envelope()).isEqualTo(told);
        Response next = DnsAssertions.response(probe.ask());
        assertThat(next.answeredBy()).isEqualTo("cache");
        assertThat(next.envelope()).isEqualTo(Envelope.PLAIN);
    }

    @Test
    void answerFromMemoryPassesUntouched() {
        Response memory = answered("www.example. 300 A 192.0.2.1").withFreshness(Freshness.always());
        probe.says(memory);
        assertThat(probe.ask()).isEqualTo(memory);
        assertThat(probe.ask()).isEqualTo(memory);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void keptAnswerEndsWithTheWitnessInFrontOfIt() {
        boolean[] broken = {false};
        Freshness witness = now -> !broken[0];
        probe.says(answered("www.example. 300 A 192.0.2.1").withFreshness(witness.and(Freshness.uncached())));
        probe.ask();
        assertThat(probe.ask()).holdsAt(probe.now());
        assertThat(probe.asked()).isEqualTo(1);
        broken[0] = true;
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void answerForSomeClientsIsNotKept() {
        Freshness some = Freshness.forClients(Client.IN_PROCESS::equals);
        probe.says(answered("www.example. 300 A 192.0.2.1").withFreshness(some.and(Freshness.uncached())));
        probe.ask();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void aliasThatLeadsNowhereIsNotKept() {
        probe.says(answered("www.example. 300 CNAME web.example."));
        probe.ask();
        assertThat(probe.ask()).holdsNoMore();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("an answer about another name is told by nobody but its source")
    void answerAboutAnotherNameIsNotKept() {
        probe.says(answered("bank.example. 300 A 203.0.113.66"));
        probe.ask();
        assertThat(probe.ask()).holdsNoMore();
        assertThat(probe.asked()).isEqualTo(2);
        assertThat(probe.metric("drops_total")).isEqualTo(2);
        probe.says(answered(
                "example. 300 DNAME example.net.",
                "www.example. 300 CNAME www.example.net.",
                "www.example.net. 300 A 192.0.2.1"));
        probe.ask();
        probe.ask();
        assertThat(probe.asked()).isEqualTo(3);
    }

    @Test
    void disabledZoneIsNeitherKeptNorHeld() {
        CacheProbe picky = new CacheProbe(CachingLayer.builder().withoutSuccess(Zones.name("example.")));
        assertThat(picky.ask()).holdsNoMore();
        picky.ask();
        assertThat(picky.asked()).isEqualTo(2);
        picky.says(denial(Rcode.NXDOMAIN, CacheProbe.SOA));
        picky.ask();
        picky.ask();
        assertThat(picky.asked()).as("denials are another switch").isEqualTo(3);
    }

    @Test
    void nameOutsideOfTheZonesPasses() {
        CacheProbe narrow = new CacheProbe(CachingLayer.builder().zones(List.of(Zones.name("other."))));
        narrow.ask();
        narrow.ask();
        assertThat(narrow.asked()).isEqualTo(2);
    }

    @Test
    void keptTtlIsSaidAgainButNotForLonger() {
        CacheProbe keeping = new CacheProbe(CachingLayer.builder().keepTtl(true));
        assertThat(keeping.ask()).answers("www.example. 300 A 192.0.2.1").holdsNoMore();
        keeping.afterSeconds(299);
        assertThat(keeping.ask()).answers("www.example. 300 A 192.0.2.1").holdsNoMore();
        keeping.afterSeconds(1);
        keeping.ask();
        assertThat(keeping.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("DO and CD have answers of their own, and so have type and class")
    void clientsOfDifferentKindsShareNoAnswer() {
        Query chaos = new Query(
                QUERY.qname(), Type.A, 3, true, false, QUERY.edns(), QUERY.client(), QUERY.deadlineNanos(), List.of());
        List<Query> kinds = List.of(
                QUERY, Questions.dnssec(QUERY), Questions.checkingDisabled(QUERY), QUERY.withQtype(Type.AAAA), chaos);
        probe.says(denial(Rcode.NXDOMAIN, CacheProbe.SOA));
        for (Query each : kinds) {
            probe.ask(each);
            probe.ask(each);
        }
        assertThat(probe.asked()).isEqualTo(kinds.size());
    }

    @Test
    @DisplayName("MaginotDNS: what one resolver says is never said for another")
    void resolversUnderneathShareNoAnswer() {
        CachingLayer layer = CachingLayer.builder().ticker(new FakeTicker()).build();
        Resolver one = layer.over(query -> answered("www.example. 300 A 192.0.2.1"));
        Resolver other = layer.over(query -> answered("www.example. 300 A 192.0.2.2"));
        assertThat(one.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
        assertThat(other.resolve(QUERY)).answers("www.example. 300 A 192.0.2.2");
        assertThat(one.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
    }

    @Test
    void eachClientSeesItsOwnLetters() {
        probe.ask();
        assertThat(probe.ask(Questions.a("WWW.Example."))).answers("WWW.Example. 300 A 192.0.2.1");
        assertThat(probe.asked()).isEqualTo(1);
    }

    @Test
    void explanationSaysWhatWasKeptAndSinceWhen() {
        CacheProbe stale = new CacheProbe(CachingLayer.builder().serveStale(StalePolicy.IMMEDIATE));
        Trail trail = Trail.begin(Ticker.SYSTEM);
        stale.ask(QUERY.withTrail(trail));
        stale.afterSeconds(12);
        stale.ask(QUERY.withTrail(trail));
        stale.afterSeconds(300);
        stale.isSlow().ask(QUERY.withTrail(trail));
        assertThat(trail.steps())
                .extracting(step -> step.part() + ": " + step.what())
                .containsExactly(
                        "cache: nothing kept", "cache: answer of 12 s ago", "cache: stale answer of 312 s ago");
        assertThat(trail.steps().get(2).details())
                .containsEntry("finding", "stale answer")
                .containsEntry("age", "312");
    }

    @Test
    void measurementsHaveCoreDnssNamesAndLabels() {
        probe.ask();
        probe.ask();
        probe.ask();
        assertThat(probe.metrics())
                .contains(
                        Map.entry("coredns_cache_requests_total{server=, view=, zones=.}", 3.0),
                        Map.entry("coredns_cache_misses_total{server=, view=, zones=.}", 1.0),
                        Map.entry("coredns_cache_prefetch_total{server=, view=, zones=.}", 0.0),
                        Map.entry("coredns_cache_drops_total{server=, view=, zones=.}", 0.0),
                        Map.entry("coredns_cache_served_stale_total{server=, view=, zones=.}", 0.0),
                        Map.entry("coredns_cache_hits_total{server=, type=success, view=, zones=.}", 2.0),
                        Map.entry("coredns_cache_hits_total{server=, type=denial, view=, zones=.}", 0.0),
                        Map.entry("coredns_cache_entries{server=, type=success, view=, zones=.}", 1.0),
                        Map.entry("coredns_cache_entries{server=, type=denial, view=, zones=.}", 0.0),
                        Map.entry("coredns_cache_evictions_total{server=, type=success, view=, zones=.}", 0.0));
        assertThat(probe.metric("bytes", "success")).isBetween(400.0, 1_000.0);
    }
}
