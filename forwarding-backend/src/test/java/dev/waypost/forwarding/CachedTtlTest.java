package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.QUERY;
import static dev.waypost.forwarding.CacheProbe.SOA;
import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.denial;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Resolver;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Zones;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** How long answers are kept: RFC 2181 section 8 and RFC 2308. */
class CachedTtlTest {
    /** Type, class and TTL stand behind an owner, then RDLENGTH and four octets of RDATA: the TTL of a last A record. */
    private static final int LAST_TTL = 4 + 2 + 4;

    private final CacheProbe probe = new CacheProbe();

    @Test
    @DisplayName("RFC 2181 section 8: TTL 0 is for one answer, whatever the least TTL")
    void ttlZeroIsNotReused() {
        CacheProbe raising = new CacheProbe(CachingLayer.builder().successLeastTtl(Duration.ofSeconds(5)))
                .says(answered("www.example. 0 A 192.0.2.1"));
        assertThat(raising.ask()).answers("www.example. 0 A 192.0.2.1").holdsNoMore();
        raising.ask();
        assertThat(raising.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8000_0000, 0xFFFF_FFFF})
    @DisplayName("RFC 2181 section 8: a TTL with its top bit set is 0, from the packet on")
    void ttlWithItsTopBitSetIsNotReused(int ttl) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.running((query, line) -> {
                    byte[] reply = Replies.answer(query, "www.example. 300 A 192.0.2.1")
                            .toWire();
                    ByteBuffer.wrap(reply).putInt(reply.length - LAST_TTL, ttl);
                    line.send(reply);
                });
                Forwarder forwarder = Forwarder.builder()
                        .upstream(upstream.address())
                        .ticker(new FakeTicker())
                        .build()) {
            forwarder.start();
            Resolver cache = CachingLayer.builder().build().over(forwarder);
            assertThat(cache.resolve(Questions.a("www.example."))).answers("www.example. 0 A 192.0.2.1");
            assertThat(cache.resolve(Questions.a("www.example."))).answers("www.example. 0 A 192.0.2.1");
            assertThat(upstream.received()).hasSize(2);
        }
    }

    @Test
    void leastTtlOfTheChainEndsIt() {
        probe.says(answered("www.example. 30 CNAME web.example.", "web.example. 300 A 192.0.2.1"));
        probe.ask();
        probe.afterSeconds(29);
        assertThat(probe.ask()).answers("www.example. 1 CNAME web.example.", "web.example. 271 A 192.0.2.1");
        probe.afterSeconds(1);
        probe.ask();
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void ttlsAreCappedAsTheConfigurationSays() {
        probe.says(answered("www.example. 604800 A 192.0.2.1"));
        assertThat(probe.ask()).answers("www.example. 3600 A 192.0.2.1");
        CacheProbe strict = new CacheProbe(
                CachingLayer.builder().successTtl(Duration.ofSeconds(30)).denialTtl(Duration.ofSeconds(10)));
        assertThat(strict.ask()).answers("www.example. 30 A 192.0.2.1");
        strict.afterSeconds(30);
        strict.says(denial(Rcode.NXDOMAIN, SOA));
        assertThat(strict.ask()).isNxDomain().hasSoa("example.", 10);
    }

    @Test
    @DisplayName("RFC 8767 section 4; RFC 2308 section 5: seven days and three hours are the last caps")
    void nothingIsKeptForLongerThanTheLastCaps() {
        CacheProbe lavish = new CacheProbe(CachingLayer.builder()
                .successTtl(Duration.ofDays(1000))
                .successLeastTtl(Duration.ofDays(1000))
                .denialTtl(Duration.ofDays(1000))
                .denialLeastTtl(Duration.ofDays(1000)));
        assertThat(lavish.ask()).answers("www.example. 604800 A 192.0.2.1");
        lavish.after(Duration.ofDays(7));
        lavish.says(denial(Rcode.NXDOMAIN, SOA));
        assertThat(lavish.ask()).isNxDomain().hasSoa("example.", 10_800);
        assertThat(lavish.asked()).isEqualTo(2);
        lavish.after(Duration.ofHours(3));
        lavish.ask();
        assertThat(lavish.asked()).isEqualTo(3);
    }

    @Test
    void shortTtlsAreRaisedWhereTheConfigurationSaysSo() {
        CacheProbe raising = new CacheProbe(CachingLayer.builder().successLeastTtl(Duration.ofSeconds(5)))
                .says(answered("www.example. 1 A 192.0.2.1"));
        assertThat(raising.ask()).answers("www.example. 5 A 192.0.2.1");
    }

    @Test
    @DisplayName("ages add up where one cache asks another")
    void agesOfTwoCachesAddUp() {
        CacheProbe near = new CacheProbe();
        CacheProbe far = new CacheProbe();
        far.ask();
        far.afterSeconds(100);
        // what a forwarder makes of the far cache's reply: the TTL that is left, not yet kept by anybody here
        near.says(CacheProbe.forwarded(
                Rcode.NOERROR,
                Zones.lines(DnsAssertions.response(far.ask()).answer().get(0)).toArray(String[]::new)));
        assertThat(near.ask()).answers("www.example. 200 A 192.0.2.1");
        near.afterSeconds(150);
        assertThat(near.ask()).answers("www.example. 50 A 192.0.2.1");
        near.afterSeconds(50);
        near.ask();
        assertThat(near.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("a cache over a cache adds nothing to the age")
    void cacheOverACacheKeepsNothing() {
        FakeTicker ticker = new FakeTicker();
        Resolver inner =
                CachingLayer.builder().ticker(ticker).build().over(query -> answered("www.example. 300 A 192.0.2.1"));
        Resolver outer = CachingLayer.builder().ticker(ticker).build().over(inner);
        outer.resolve(QUERY);
        ticker.advance(Duration.ofSeconds(100));
        assertThat(outer.resolve(QUERY)).answers("www.example. 200 A 192.0.2.1");
        ticker.advance(Duration.ofSeconds(100));
        assertThat(outer.resolve(QUERY)).answers("www.example. 100 A 192.0.2.1");
    }

    @Test
    @DisplayName("RFC 2308 section 5: a denial is kept for the lesser of the SOA's TTL and MINIMUM")
    void denialIsKeptBySoa() {
        String shorter = "example. 60 SOA ns.example. hostmaster.example. 1 7200 1800 86400 900";
        for (String soa : new String[] {SOA, shorter}) {
            CacheProbe denying = new CacheProbe().says(denial(Rcode.NXDOMAIN, soa));
            assertThat(denying.ask()).isNxDomain().hasSoa("example.", 60);
            denying.afterSeconds(59);
            assertThat(denying.ask()).isNxDomain().hasSoa("example.", 1);
            denying.afterSeconds(1);
            denying.ask();
            assertThat(denying.asked()).as(soa).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("RFC 2308 section 5: a denial without SOA is not kept")
    void denialWithoutSoaIsNotKept() {
        for (int rcode : new int[] {Rcode.NXDOMAIN, Rcode.NOERROR}) {
            probe.says(CacheProbe.forwarded(rcode));
            assertThat(probe.ask()).holdsNoMore();
        }
        probe.ask();
        assertThat(probe.asked()).isEqualTo(3);
    }

    @Test
    @DisplayName("NODATA of one type says nothing about another type or another name")
    void nodataIsOfOneType() {
        probe.says(denial(Rcode.NOERROR, SOA));
        assertThat(probe.ask()).isNoData();
        assertThat(probe.ask()).isNoData();
        assertThat(probe.asked()).isEqualTo(1);
        probe.ask(QUERY.withQtype(Type.AAAA));
        probe.ask(QUERY.withQname(Zones.name("a.www.example.")));
        assertThat(probe.asked()).isEqualTo(3);
    }

    @Test
    @DisplayName("NXDOMAIN and NODATA are told apart, and either gives way to what is true next")
    void nxdomainAndNodataAreToldApart() {
        probe.says(denial(Rcode.NXDOMAIN, SOA)).ask();
        assertThat(probe.ask()).isNxDomain();
        probe.afterSeconds(60);
        probe.says(denial(Rcode.NOERROR, SOA)).ask();
        assertThat(probe.ask()).isNoData();
        probe.afterSeconds(60);
        probe.says(answered("www.example. 30 A 192.0.2.1")).ask();
        assertThat(probe.ask()).answers("www.example. 30 A 192.0.2.1");
        probe.afterSeconds(30);
        probe.says(denial(Rcode.NXDOMAIN, SOA)).ask();
        assertThat(probe.ask()).isNxDomain();
        assertThat(probe.asked()).isEqualTo(4);
    }
}
