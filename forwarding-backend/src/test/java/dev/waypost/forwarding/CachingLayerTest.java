package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Envelope;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Metric;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Faults 53, 54 and 56, and CoreDNS's options. */
class CachingLayerTest implements LayerContract {
    private static final Query QUERY = Questions.a("www.example.");
    private static final String SOA = "example. 900 SOA ns.example. hostmaster.example. 1 7200 1800 86400 60";

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger asked = new AtomicInteger();
    private Response upstreamSays = forwarded(Rcode.NOERROR, "www.example. 300 A 192.0.2.1");

    @Override
    public Layer layer() {
        return CachingLayer.builder().ticker(ticker).build();
    }

    private static Response forwarded(int rcode, String... answer) {
        return Belief.failure(rcode)
                .withAnswer(Stream.of(answer)
                        .map(each -> RecordSet.of(Replies.record(each)))
                        .toList());
    }

    private static Response denial(int rcode, String soa) {
        return forwarded(rcode).withAuthority(List.of(RecordSet.of(Replies.record(soa))));
    }

    private Resolver over(CacheBuilder builder) {
        return builder.ticker(ticker).build().over(query -> {
            asked.incrementAndGet();
            return upstreamSays;
        });
    }

    private Resolver cache() {
        return over(CachingLayer.builder());
    }

    private void after(Duration time) {
        ticker.advance(time);
    }

    @Test
    void keptAnswerIsRepeatedAndItsTtlCountsDown() {
        Resolver cache = cache();
        assertThat(cache.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
        after(Duration.ofMillis(100_900));
        assertThat(cache.resolve(QUERY)).answers("www.example. 200 A 192.0.2.1").isNotAuthoritative();
        after(Duration.ofMillis(199_050));
        assertThat(cache.resolve(QUERY)).answers("www.example. 1 A 192.0.2.1");
        assertThat(asked).hasValue(1);
        after(Duration.ofMillis(50));
        assertThat(cache.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
        assertThat(asked).hasValue(2);
    }

    @Test
    void firstAnswerHoldsAsLongAsItIsKept() {
        Response first = DnsAssertions.response(cache().resolve(QUERY));
        assertThat(first).holdsAt(ticker.nanoTime());
        assertThat(first.freshness().isTimed()).isTrue();
        assertThat(first.freshness()
                        .holdsAt(ticker.nanoTime() + Duration.ofSeconds(300).toNanos()))
                .isFalse();
    }

    @Test
    void answerFromMemoryPassesUntouched() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 300 A 192.0.2.1").withFreshness(Freshness.always());
        Resolver cache = cache();
        assertThat(cache.resolve(QUERY)).isEqualTo(upstreamSays);
        assertThat(cache.resolve(QUERY)).isEqualTo(upstreamSays);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keptAnswerEndsWithTheWitnessInFrontOfIt() {
        boolean[] broken = {false};
        Freshness witness = now -> !broken[0];
        upstreamSays = upstreamSays.withFreshness(witness.and(Freshness.uncached()));
        Resolver cache = cache();
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).hasValue(1);
        broken[0] = true;
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void answerForSomeClientsIsNotKept() {
        upstreamSays = upstreamSays.withFreshness(
                Freshness.forClients(client -> client.port() == 0).and(Freshness.uncached()));
        Resolver cache = cache();
        assertThat(cache.resolve(QUERY)).holdsNoMore();
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void envelopeIsNotKept() {
        Envelope envelope = Envelope.PLAIN.withLabels(Map.of("forward/upstream", "192.0.2.53:53"));
        upstreamSays = upstreamSays.withEnvelope(envelope);
        Resolver cache = cache();
        assertThat(DnsAssertions.response(cache.resolve(QUERY)).envelope()).isEqualTo(envelope);
        assertThat(DnsAssertions.response(cache.resolve(QUERY)).envelope()).isEqualTo(Envelope.PLAIN);
    }

    @Test
    @DisplayName("fault 53, RFC 2181 section 8: TTL 0 is for one answer")
    void ttlZeroIsNotReused() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 0 A 192.0.2.1");
        Resolver cache = over(CachingLayer.builder().successLeastTtl(Duration.ofSeconds(5)));
        assertThat(cache.resolve(QUERY)).answers("www.example. 0 A 192.0.2.1").holdsNoMore();
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void leastTtlOfTheChainEndsIt() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 30 CNAME web.example.", "web.example. 300 A 192.0.2.1");
        Resolver cache = cache();
        cache.resolve(QUERY);
        after(Duration.ofSeconds(29));
        assertThat(cache.resolve(QUERY)).answers("www.example. 1 CNAME web.example.", "web.example. 271 A 192.0.2.1");
        after(Duration.ofSeconds(1));
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void ttlsAreCapped() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 604800 A 192.0.2.1");
        assertThat(cache().resolve(QUERY)).answers("www.example. 3600 A 192.0.2.1");
        assertThat(over(CachingLayer.builder().successTtl(Duration.ofSeconds(30)))
                        .resolve(QUERY))
                .answers("www.example. 30 A 192.0.2.1");
        upstreamSays = denial(Rcode.NXDOMAIN, SOA.replace("60", "99999").replace("900", "99999"));
        assertThat(cache().resolve(QUERY)).isNxDomain().hasSoa("example.", 1800);
    }

    @Test
    void shortTtlsAreRaisedWhereTheConfigurationSaysSo() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 1 A 192.0.2.1");
        assertThat(over(CachingLayer.builder().successLeastTtl(Duration.ofSeconds(5)))
                        .resolve(QUERY))
                .answers("www.example. 5 A 192.0.2.1");
    }

    @Test
    @DisplayName("fault 54, RFC 2308 section 5: a denial is kept for the lesser of the SOA's TTL and MINIMUM")
    void denialIsKeptBySoa() {
        upstreamSays = denial(Rcode.NXDOMAIN, SOA);
        Resolver cache = cache();
        assertThat(cache.resolve(QUERY)).isNxDomain().hasSoa("example.", 60);
        after(Duration.ofSeconds(59));
        assertThat(cache.resolve(QUERY)).isNxDomain().hasSoa("example.", 1);
        after(Duration.ofSeconds(1));
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("fault 54, RFC 2308 section 5: a denial without SOA is not kept")
    void denialWithoutSoaIsNotKept() {
        Resolver cache = cache();
        for (int rcode : new int[] {Rcode.NXDOMAIN, Rcode.NOERROR}) {
            upstreamSays = forwarded(rcode);
            assertThat(cache.resolve(QUERY)).holdsNoMore();
        }
        cache.resolve(QUERY);
        assertThat(asked).hasValue(3);
    }

    @Test
    @DisplayName("fault 54: NODATA of one type says nothing about another type or another name")
    void nodataIsOfOneType() {
        upstreamSays = denial(Rcode.NOERROR, SOA);
        Resolver cache = cache();
        assertThat(cache.resolve(QUERY)).isNoData();
        assertThat(cache.resolve(QUERY)).isNoData();
        assertThat(asked).hasValue(1);
        cache.resolve(QUERY.withQtype(Type.AAAA));
        cache.resolve(QUERY.withQname(Zones.name("a.www.example.")));
        assertThat(asked).hasValue(3);
    }

    @Test
    void aliasThatLeadsNowhereIsNotKept() {
        upstreamSays = forwarded(Rcode.NOERROR, "www.example. 300 CNAME web.example.");
        Resolver cache = cache();
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("fault 49, RFC 9520 section 3.2: SERVFAIL is kept for five seconds")
    void servfailIsKeptShortly() {
        upstreamSays = Flight.failure("test");
        Resolver cache = cache();
        cache.resolve(QUERY);
        after(Duration.ofMillis(4_999));
        assertThat(cache.resolve(QUERY)).hasRcode(Rcode.SERVFAIL);
        assertThat(asked).hasValue(1);
        after(Duration.ofMillis(1));
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void servfailOfZeroIsNotKept() {
        upstreamSays = Flight.failure("test");
        Resolver cache = over(CachingLayer.builder().servfail(Duration.ZERO));
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void refusalIsNotKept() {
        upstreamSays = forwarded(Rcode.REFUSED);
        Resolver cache = cache();
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void disabledZoneIsNeitherKeptNorHeld() {
        Resolver cache = over(CachingLayer.builder().withoutSuccess(Zones.name("example.")));
        assertThat(cache.resolve(QUERY)).holdsNoMore();
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
        upstreamSays = denial(Rcode.NXDOMAIN, SOA);
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).as("denials are another switch").hasValue(3);
    }

    @Test
    void nameOutsideOfTheZonesPasses() {
        Resolver cache = over(CachingLayer.builder().zones(List.of(Zones.name("other."))));
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void keptTtlIsSaidAgainButNotForLonger() {
        Resolver cache = over(CachingLayer.builder().keepTtl(true));
        assertThat(cache.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1").holdsNoMore();
        after(Duration.ofSeconds(299));
        assertThat(cache.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1").holdsNoMore();
        after(Duration.ofSeconds(1));
        cache.resolve(QUERY);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("fault 45: DO and CD have answers of their own")
    void clientsOfDifferentKindsShareNoAnswer() {
        Resolver cache = cache();
        for (Query each : List.of(QUERY, Questions.dnssec(QUERY), Questions.checkingDisabled(QUERY))) {
            cache.resolve(each);
            cache.resolve(each);
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    @DisplayName("fault 43, MaginotDNS: what one resolver says is never said for another")
    void resolversUnderneathShareNoAnswer() {
        CachingLayer layer = CachingLayer.builder().ticker(ticker).build();
        Resolver one = layer.over(query -> upstreamSays);
        Resolver other = layer.over(query -> forwarded(Rcode.NOERROR, "www.example. 300 A 192.0.2.2"));
        assertThat(one.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
        assertThat(other.resolve(QUERY)).answers("www.example. 300 A 192.0.2.2");
        assertThat(one.resolve(QUERY)).answers("www.example. 300 A 192.0.2.1");
    }

    @Test
    void eachClientSeesItsOwnLetters() {
        Resolver cache = cache();
        cache.resolve(QUERY);
        assertThat(cache.resolve(Questions.a("WWW.Example."))).answers("WWW.Example. 300 A 192.0.2.1");
        assertThat(asked).hasValue(1);
    }

    @Test
    @DisplayName("fault 56: a flood of random names stays within the bytes and leaves the hot names")
    void randomNamesPushNothingHotOut() {
        long bytes = 2_000_000;
        CachingLayer layer =
                CachingLayer.builder().successBytes(bytes).ticker(ticker).build();
        Resolver cache = layer.over(query -> {
            asked.incrementAndGet();
            return forwarded(Rcode.NOERROR, query.qname() + " 3600 A 192.0.2.1");
        });
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 1_000; i++) {
                cache.resolve(Questions.a("hot" + i + ".example."));
            }
        }
        for (int i = 0; i < 100_000; i++) {
            cache.resolve(Questions.a("random" + i + ".example."));
            cache.resolve(Questions.a("hot" + i % 1_000 + ".example."));
        }
        assertThat(layer.bytes()).isLessThanOrEqualTo(bytes);
        asked.set(0);
        for (int i = 0; i < 1_000; i++) {
            cache.resolve(Questions.a("hot" + i + ".example."));
        }
        assertThat(asked.get()).as("hot names that had to be asked again").isLessThan(50);
    }

    @Test
    void hitsMissesAndEntriesAreCounted() {
        CachingLayer layer = CachingLayer.builder().ticker(ticker).build();
        Resolver cache = layer.over(query -> upstreamSays);
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        cache.resolve(QUERY);
        List<String> told = new ArrayList<>();
        layer.collect(metric -> told.add(line(metric)));
        assertThat(told)
                .contains(
                        "coredns_cache_requests_total{server=,view=,zones=.} 3.0",
                        "coredns_cache_misses_total{server=,view=,zones=.} 1.0",
                        "coredns_cache_hits_total{server=,type=success,view=,zones=.} 2.0",
                        "coredns_cache_hits_total{server=,type=denial,view=,zones=.} 0.0",
                        "coredns_cache_entries{server=,type=success,view=,zones=.} 1.0",
                        "coredns_cache_evictions_total{server=,type=success,view=,zones=.} 0.0");
    }

    private static String line(Metric metric) {
        String labels = new java.util.TreeMap<>(metric.labels()).toString().replace(", ", ",");
        double value = metric instanceof Metric.Counter counter
                ? counter.value()
                : metric instanceof Metric.Gauge gauge ? gauge.value() : Double.NaN;
        return metric.name() + labels + " " + value;
    }
}
