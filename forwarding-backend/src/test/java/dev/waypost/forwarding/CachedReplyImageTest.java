package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.servfail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Exchange;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Metric;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.zone.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the cache tells is replayed by the doors, and never for longer than it may be told. */
class CachedReplyImageTest {
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Exchange> replies = new CopyOnWriteArrayList<>();
    private Resolution says = answered("www.example. 300 A 192.0.2.1");
    private DnsEngine engine;
    private WireProbe door;

    private void cache(CacheBuilder builder, Resolver upstream) {
        CachingLayer layer = builder.ticker(clock.ticker()).build(clock);
        engine = DnsEngine.builder()
                .resolver(Name.root, upstream)
                .layer(layer)
                .observer(layer)
                .observer(replies::add)
                .ticker(clock.ticker())
                .build()
                .start();
        door = WireProbe.at(engine.wire(new ListenPoint("dns", "", 53)));
    }

    private void cache(CacheBuilder builder) {
        cache(builder, query -> {
            asked.incrementAndGet();
            return says;
        });
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Message ask() {
        return door.udpMessage(WireMessages.query("www.example.", Type.A).bytes());
    }

    private long askedTtl() {
        return ask().getSection(Section.ANSWER).get(0).getTTL();
    }

    private boolean wasReplayed() {
        return replies.get(replies.size() - 1).replayed();
    }

    private double metric(String name) {
        double[] found = {Double.NaN};
        engine.collect(metric -> {
            if (metric.name().equals("coredns_cache_" + name)
                    && !"denial".equals(metric.labels().get("type"))) {
                found[0] = ((Metric.Counter) metric).value();
            }
        });
        return found[0];
    }

    @Test
    void keptAnswerIsReplayedUntilItExpires() {
        cache(CachingLayer.builder());
        assertThat(askedTtl()).isEqualTo(300);
        clock.advance(Duration.ofSeconds(100));
        assertThat(askedTtl()).isEqualTo(200);
        assertThat(wasReplayed()).isTrue();
        clock.advance(Duration.ofMillis(199_999));
        assertThat(askedTtl()).isEqualTo(1);
        assertThat(wasReplayed()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(askedTtl()).isEqualTo(300);
        assertThat(asked).hasValue(2);
    }

    @Test
    void answerFromTheCacheIsReplayedNoLongerThanTheAnswerItRepeats() {
        cache(CachingLayer.builder());
        engine.resolve(CacheProbe.QUERY);
        clock.advance(Duration.ofSeconds(100));
        assertThat(askedTtl()).isEqualTo(200);
        assertThat(wasReplayed()).isFalse();
        clock.advance(Duration.ofSeconds(150));
        assertThat(askedTtl()).isEqualTo(50);
        assertThat(wasReplayed()).isTrue();
        clock.advance(Duration.ofSeconds(50));
        assertThat(askedTtl()).isEqualTo(300);
        assertThat(asked).hasValue(2);
    }

    @Test
    void replaysAreHits() {
        cache(CachingLayer.builder());
        ask();
        ask();
        ask();
        assertThat(metric("requests_total")).isEqualTo(3);
        assertThat(metric("hits_total")).isEqualTo(2);
        assertThat(metric("misses_total")).isEqualTo(1);
    }

    @Test
    void replaysMakeAnAnswerPopular() {
        cache(CachingLayer.builder().prefetch(3, Duration.ofMinutes(10), 10));
        ask();
        ask();
        ask();
        assertThat(wasReplayed()).isTrue();
        clock.advance(Duration.ofSeconds(270));
        assertThat(askedTtl()).isEqualTo(30);
        assertThat(wasReplayed()).isFalse();
        assertThat(asked).as("refreshed").hasValue(2);
        assertThat(askedTtl()).isEqualTo(300);
    }

    @Test
    void whatIsReplayedIsHotForTheCacheToo() {
        int hot = 50;
        cache(CachingLayer.builder().successBytes(2_000_000), query -> {
            asked.incrementAndGet();
            return answered(query.qname() + " 3600 A 192.0.2.1");
        });
        for (int i = 0; i < 50_000; i++) {
            engine.resolve(Questions.a("random" + i + ".example."));
            door.udp(WireMessages.query("hot" + i % hot + ".example.", Type.A).bytes());
        }
        asked.set(0);
        for (int i = 0; i < hot; i++) {
            engine.resolve(Questions.a("hot" + i + ".example.")); // no reply image answers this
        }
        assertThat(asked.get()).as("gone from the cache").isLessThan(hot / 10);
    }

    @Test
    void staleAnswerIsNoImage() {
        cache(CachingLayer.builder().serveStale(StalePolicy.VERIFY));
        ask();
        clock.advance(Duration.ofSeconds(300));
        says = servfail();
        assertThat(askedTtl()).isEqualTo(30);
        clock.advance(Duration.ofSeconds(10));
        assertThat(askedTtl()).isEqualTo(30);
        assertThat(wasReplayed()).isFalse();
        assertThat(metric("served_stale_total")).isEqualTo(2);
    }

    @Test
    void failureIsReplayedAsLongAsItIsKept() {
        cache(CachingLayer.builder());
        says = servfail();
        ask();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(ask().getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(wasReplayed()).isTrue();
        clock.advance(Duration.ofMillis(1));
        ask();
        assertThat(wasReplayed()).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void sourceInMemoryIsNeverHiddenBehindWhatItLetThrough() {
        // as a cluster's zone does that has not got a name yet, and lets it fall through to the upstream
        Witness absent = new Witness();
        Response[] appeared = {null};
        Resolver cluster = query -> appeared[0] == null ? new Fallthrough(absent) : appeared[0];
        cache(
                CachingLayer.builder()
                        .serveStale(StalePolicy.IMMEDIATE)
                        .preferPositive(true)
                        .prefetch(1, Duration.ofMinutes(1), 90),
                query -> cluster.resolve(query).orElse(() -> says));
        assertThat(askedTtl()).isEqualTo(300);
        appeared[0] = Response.answer(
                Freshness.always(),
                answered("www.example. 5 A 192.0.2.9").answer().get(0));
        absent.breakNow();
        assertThat(askedTtl()).as("in the next reply").isEqualTo(5);
        clock.advance(Duration.ofSeconds(400));
        assertThat(askedTtl()).isEqualTo(5);
    }
}
