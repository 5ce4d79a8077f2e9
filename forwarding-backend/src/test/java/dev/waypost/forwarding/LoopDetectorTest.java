package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.forwarding.message.Belief;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What we forward comes back to us. */
class LoopDetectorTest implements LayerContract {
    private final FakeTicker ticker = new FakeTicker();
    private final List<Query> forwarded = new ArrayList<>();
    private Response upstreamSays = Belief.failure(Rcode.NXDOMAIN);
    private final LoopDetector detector = new LoopDetector(Name.root, ticker);
    private final Resolver resolver = detector.over(query -> {
        forwarded.add(query);
        return upstreamSays;
    });

    @Override
    public Layer layer() {
        return new LoopDetector(Name.root, ticker);
    }

    private Query marker() {
        return forwarded.get(forwarded.size() - 1);
    }

    @Test
    @DisplayName("CVE-2026-26018: the marker is a HINFO question that nobody can guess")
    void markerCannotBeGuessed() {
        detector.tick();
        assertThat(marker().qtype()).isEqualTo(Type.HINFO);
        assertThat(marker().qname().getLabelString(0)).matches("[0-9a-f]{32,40}");
        LoopDetector other = new LoopDetector(Zones.name("example."), ticker);
        List<Query> others = new ArrayList<>();
        other.over(query -> {
            others.add(query);
            return upstreamSays;
        });
        other.tick();
        assertThat(others.get(0).qname().getLabelString(0))
                .isNotEqualTo(marker().qname().getLabelString(0));
        assertThat(others.get(0).qname().subdomain(Zones.name("example."))).isTrue();
    }

    @Test
    void answeredMarkerIsNoLoop() {
        for (int i = 0; i < 100; i++) {
            detector.tick();
            ticker.advance(LoopDetector.interval());
        }
        assertThat(forwarded).hasSize(1);
        assertThat(detector.isAlarmed()).isFalse();
    }

    @Test
    void deadUpstreamIsAskedForThirtySecondsAndIsNoLoop() {
        upstreamSays = Flight.failure("test");
        for (int i = 0; i < 100; i++) {
            detector.tick();
            ticker.advance(LoopDetector.interval());
        }
        assertThat(forwarded).hasSize(30);
        assertThat(detector.isAlarmed()).isFalse();
    }

    @Test
    @DisplayName("CVE-2026-26018: a marker that comes back twice raises the alarm, and the loop is cut with SERVFAIL")
    void returnedMarkerRaisesTheAlarm() {
        upstreamSays = Flight.failure("test");
        detector.tick();
        resolver.resolve(marker());
        assertThat(detector.isAlarmed()).isFalse();
        assertThat(resolver.resolve(marker())).hasRcode(Rcode.SERVFAIL);
        assertThat(detector.isAlarmed()).isTrue();
        int before = forwarded.size();
        assertThat(resolver.resolve(Questions.a("www.example.")))
                .hasRcode(Rcode.SERVFAIL)
                .holdsNoMore();
        assertThat(forwarded).hasSize(before);
    }

    @Test
    void alarmEndsWhenTheLoopIsGone() {
        upstreamSays = Flight.failure("test");
        detector.tick();
        resolver.resolve(marker());
        resolver.resolve(marker());
        upstreamSays = Belief.failure(Rcode.NXDOMAIN);
        for (int i = 0; i < 40; i++) {
            ticker.advance(LoopDetector.interval());
            detector.tick();
        }
        assertThat(detector.isAlarmed()).isFalse();
        assertThat(resolver.resolve(Questions.a("www.example."))).hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void alarmStaysWhileTheLoopStays() {
        upstreamSays = Flight.failure("test");
        detector.tick();
        for (int i = 0; i < 300; i++) {
            resolver.resolve(marker());
            resolver.resolve(marker());
            ticker.advance(LoopDetector.interval());
            detector.tick();
            assertThat(detector.isAlarmed()).isTrue();
        }
    }

    @Test
    @DisplayName("CVE-2026-26018: a real loop over sockets is found within seconds, and the JVM goes on")
    void realLoopIsFound() {
        AtomicReference<Resolver> ourselves = new AtomicReference<>();
        try (ScriptedUpstream listener = ScriptedUpstream.running((query, line) -> {
                    // our own listener: what arrives is resolved by us; nobody waits for the answer here
                    Query back = Query.of(query.message().getQuestion().getName(), query.qtype());
                    ourselves.get().resolve(back);
                });
                Forwarder forwarder = Forwarder.builder()
                        .upstream(listener.address())
                        .tryTimeout(Duration.ofMillis(100))
                        .build()) {
            LoopDetector real = new LoopDetector(Name.root, Ticker.SYSTEM);
            ourselves.set(real.over(forwarder));
            forwarder.start();
            await().until(() -> {
                real.tick();
                return real.isAlarmed();
            });
            assertThat(DnsAssertions.response(ourselves.get().resolve(Questions.a("www.example.")))
                            .rcode())
                    .isEqualTo(Rcode.SERVFAIL);
        }
    }
}
