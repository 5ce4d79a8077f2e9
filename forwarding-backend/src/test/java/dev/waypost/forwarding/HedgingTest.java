package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** A second upstream is asked while the first is silent; the clock moves only when a test moves it. */
class HedgingTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";
    private static final Duration HEDGE = Duration.ofNanos(ReplyTimes.UNKNOWN_NANOS);
    private static final Duration TRY = Duration.ofMillis(1500);

    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedUpstream silent = ScriptedUpstream.running(Script.SILENCE);
    private final ScriptedUpstream good = ScriptedUpstream.running(Replies.answering(ANSWER));
    private final ForwarderBuilder builder = Forwarder.builder()
            .upstream(silent.address())
            .upstream(good.address())
            .policy(UpstreamPolicy.SEQUENTIAL)
            .tryTimeout(TRY)
            .healthCheck(Duration.ofHours(1))
            .ticker(ticker);
    private final List<Forwarder> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Forwarder::close);
        silent.close();
        good.close();
    }

    private Forwarder running() {
        Forwarder forwarder = builder.build();
        opened.add(forwarder);
        forwarder.start();
        return forwarder;
    }

    private CompletableFuture<Resolution> ask(Forwarder forwarder) {
        Query query = Questions.a(NAME).withDeadline(ticker.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        return ((Pending) forwarder.resolve(query)).settled().toCompletableFuture();
    }

    private void advance(Forwarder forwarder, Duration time) {
        LoopTime.pass(forwarder, ticker, time);
    }

    private static double hedges(Forwarder forwarder, String result) {
        List<Double> values = new ArrayList<>();
        forwarder.collect(metric -> {
            if (metric.name().equals("waypost_forward_hedges_total")
                    && metric.labels().containsValue(result)) {
                values.add(((dev.waypost.Metric.Counter) metric).value());
            }
        });
        return values.get(0);
    }

    @Test
    void silentUpstreamIsNotWaitedForAlone() {
        Forwarder forwarder = running();
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> silent.received().size() == 1);
        advance(forwarder, HEDGE.minusNanos(1));
        assertThat(good.received()).isEmpty();
        advance(forwarder, Duration.ofNanos(1));
        assertThat(answer.join()).answers(ANSWER);
        assertThat(good.received()).hasSize(1);
        assertThat(hedges(forwarder, "asked")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "one dead of two upstreams: of a thousand questions two wait, each for one hedge and none for a timeout")
    void deadUpstreamCostsTheTailNothing() {
        builder.policy(UpstreamPolicy.ROUND_ROBIN);
        Forwarder forwarder = running();
        int hedged = 0;
        for (int i = 0; i < 1000; i++) {
            int before = silent.received().size();
            CompletableFuture<Resolution> answer = ask(forwarder);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> answer.isDone() || silent.received().size() > before);
            if (!answer.isDone()) {
                hedged++;
                advance(forwarder, HEDGE);
            }
            assertThat(answer.join()).answers(ANSWER);
        }
        assertThat(hedged).isEqualTo(2); // then it is asked last: max_fails
        assertThat(hedges(forwarder, "asked")).isEqualTo(2);
    }

    @Test
    void upstreamThatIsOnlySlowStaysUp() throws Exception {
        AtomicReference<Script.Line> line = new AtomicReference<>();
        AtomicReference<byte[]> reply = new AtomicReference<>();
        silent.udp((query, way) -> {
            reply.set(Replies.answer(query, ANSWER).toWire());
            line.set(way);
        });
        builder.maxFails(1);
        Forwarder forwarder = running();
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> line.get() != null);
        advance(forwarder, HEDGE);
        assertThat(answer.join()).answers(ANSWER);
        Upstream first = forwarder.flights().upstreams().get(0);
        assertThat(first.isDown()).isTrue();
        line.get().send(reply.get());
        await().until(() -> !first.isDown());
        assertThat(first.hedgeNanos()).as("one late reply is no measure").isEqualTo(HEDGE.toNanos());
    }

    @Test
    void refusalOfTheFirstWaitsForTheSecondThatWasAskedToo() {
        AtomicReference<Script.Line> line = new AtomicReference<>();
        AtomicReference<byte[]> reply = new AtomicReference<>();
        good.udp((query, way) -> {
            reply.set(Replies.answer(query, ANSWER).toWire());
            line.set(way);
        });
        silent.udp((query, way) -> {
            await().until(() -> line.get() != null);
            way.send(Replies.reply(query, Rcode.SERVFAIL).toWire());
            line.get().send(reply.get());
        });
        Forwarder forwarder = running();
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> silent.received().size() == 1);
        advance(forwarder, HEDGE);
        assertThat(answer.join()).answers(ANSWER);
    }

    @Test
    void refusalCountsWhenTheSecondSaysNothing() {
        good.udp(Script.SILENCE);
        silent.udp((query, way) -> {
            await().until(() -> good.received().size() == 1);
            way.send(Replies.reply(query, Rcode.SERVFAIL).toWire());
        });
        Forwarder forwarder = running();
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> silent.received().size() == 1);
        advance(forwarder, HEDGE);
        await().until(() -> good.received().size() == 1);
        await().until(() -> {
            advance(forwarder, TRY);
            return answer.isDone();
        });
        assertThat(answer.join()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void withoutHedgingTheTryIsWaitedOut() {
        builder.hedged(false);
        Forwarder forwarder = running();
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> silent.received().size() == 1);
        advance(forwarder, TRY.minusMillis(1));
        assertThat(hedges(forwarder, "asked")).isZero();
        assertThat(answer).isNotDone();
        advance(forwarder, Duration.ofMillis(1));
        assertThat(answer.join()).answers(ANSWER);
    }

    @Test
    void upstreamThatIsDownIsNoHedge() {
        good.udp(Script.SILENCE);
        builder.policy(UpstreamPolicy.SEQUENTIAL).maxFails(1).triesAnUpstream(1);
        Forwarder forwarder = running();
        CompletableFuture<Resolution> failed = ask(forwarder);
        await().until(() -> {
            advance(forwarder, TRY);
            return failed.isDone(); // now both are down
        });
        await().until(() -> good.received().size() == 1); // it may have been given up before it arrived
        silent.udp(Replies.answering(ANSWER));
        assertThat(ask(forwarder).join()).answers(ANSWER); // now the first is up
        silent.udp(Script.SILENCE);
        int asked = silent.received().size();
        CompletableFuture<Resolution> waiting = ask(forwarder);
        await().until(() -> silent.received().size() > asked);
        advance(forwarder, HEDGE);
        advance(forwarder, HEDGE);
        assertThat(good.received()).hasSize(1);
        assertThat(waiting).isNotDone();
    }
}
