package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Which upstream is asked, and which one after it. */
class ChoiceTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";
    private static final String OTHER = "www.example. 300 A 192.0.2.2";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedUpstream first = opened(ScriptedUpstream.running(Replies.answering(ANSWER)));
    private final ScriptedUpstream second = opened(ScriptedUpstream.running(Replies.answering(OTHER)));
    private final ForwarderBuilder builder = Forwarder.builder()
            .upstream(first.address())
            .upstream(second.address())
            .policy(UpstreamPolicy.SEQUENTIAL)
            .hedged(false)
            .ticker(ticker);

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private Forwarder running() {
        Forwarder forwarder = opened(builder.build());
        forwarder.start();
        return forwarder;
    }

    private Response ask(Forwarder forwarder) {
        return DnsAssertions.response(forwarder.resolve(Questions.a(NAME)));
    }

    @Test
    void sequentialAsksTheFirstThatWorks() {
        Forwarder forwarder = running();
        for (int i = 0; i < 10; i++) {
            assertThat(ask(forwarder)).answers(ANSWER);
        }
    }

    @Test
    void roundRobinAsksEachInItsTurn() {
        builder.policy(UpstreamPolicy.ROUND_ROBIN);
        Forwarder forwarder = running();
        for (int i = 0; i < 10; i++) {
            assertThat(ask(forwarder)).answers(i % 2 == 0 ? ANSWER : OTHER);
        }
    }

    @Test
    void randomAsksAnyEachTimeAnew() {
        builder.policy(UpstreamPolicy.RANDOM);
        Forwarder forwarder = running();
        for (int i = 0; i < 100; i++) {
            ask(forwarder);
        }
        assertThat(first.received().size()).isBetween(20, 80);
    }

    @Test
    @DisplayName("a storm of SERVFAIL or REFUSED is not healthy: others are asked, and it is tried again after a rest")
    void stormOfRefusalsIsPassedOver() {
        for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED}) {
            first.udp(Replies.refusing(rcode));
            Forwarder forwarder = running();
            for (int i = 0; i < Health.STORM; i++) {
                assertThat(ask(forwarder)).hasRcode(rcode);
            }
            int before = first.received().size();
            for (int i = 0; i < 10; i++) {
                assertThat(ask(forwarder)).answers(OTHER);
            }
            assertThat(first.received()).hasSize(before);
            first.udp(Replies.answering(ANSWER));
            ticker.advance(Duration.ofSeconds(5));
            assertThat(ask(forwarder)).answers(ANSWER);
            assertThat(ask(forwarder)).answers(ANSWER);
        }
    }

    @Test
    @DisplayName("failover: another upstream is asked after these RCODEs, and the last one's reply counts")
    void failoverAsksTheNext() {
        builder.failover(Set.of(Rcode.SERVFAIL, Rcode.REFUSED));
        Forwarder forwarder = running();
        first.udp(Replies.refusing(Rcode.SERVFAIL));
        assertThat(ask(forwarder)).answers(OTHER);
        second.udp(Replies.refusing(Rcode.REFUSED));
        int before = first.received().size();
        assertThat(ask(forwarder)).hasRcode(Rcode.REFUSED);
        assertThat(first.received()).hasSize(before + 1);
    }

    @Test
    @DisplayName("failover NXDOMAIN: a denial is no answer while another upstream can be asked")
    void failoverMayHoldForDenialsToo() {
        builder.failover(Set.of(Rcode.NXDOMAIN));
        first.udp(Replies.refusing(Rcode.NXDOMAIN));
        assertThat(ask(running())).answers(OTHER);
    }

    @Test
    void withoutFailoverARefusalIsPassedOnAsCoreDnsDoes() {
        first.udp(Replies.refusing(Rcode.REFUSED));
        assertThat(ask(running())).hasRcode(Rcode.REFUSED);
        assertThat(second.received()).isEmpty();
    }

    private void bothDown(Forwarder forwarder) {
        allSilent(forwarder);
        assertThat(forwarder.flights().upstreams()).allMatch(Upstream::isDown);
    }

    /** A question is asked until its tries are over. */
    private void allSilent(Forwarder forwarder) {
        first.udp(Script.SILENCE);
        second.udp(Script.SILENCE);
        CompletableFuture<Resolution> failed =
                ((Pending) forwarder.resolve(Questions.a(NAME))).settled().toCompletableFuture();
        await().until(() -> {
            LoopTime.pass(forwarder, ticker, Duration.ofMillis(1500));
            return failed.isDone();
        });
        assertThat(failed.join()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    @DisplayName("failfast_all_unhealthy_upstreams: SERVFAIL at once while every upstream is down")
    void failFastAsksNobodyWhileAllAreDown() {
        builder.failFast(true).maxFails(1).healthCheck(Duration.ofHours(1));
        Forwarder forwarder = running();
        bothDown(forwarder);
        Response refused = ask(forwarder);
        assertThat(refused).hasRcode(Rcode.SERVFAIL);
        assertThat(refused.extendedErrors().get(0).text()).contains("every upstream is down");
    }

    @Test
    void whenAllAreDownTheyAreAskedAnyway() {
        builder.maxFails(1).healthCheck(Duration.ofHours(1));
        Forwarder forwarder = running();
        bothDown(forwarder);
        first.udp(Replies.answering(ANSWER));
        second.udp(Replies.answering(ANSWER));
        assertThat(ask(forwarder)).answers(ANSWER);
    }

    @Test
    @DisplayName("max_connect_attempts: so many tries for one question over all upstreams")
    void triesInAllAreBounded() {
        builder.maxTries(3).maxFails(0);
        allSilent(running());
        await().until(() -> first.received().size() + second.received().size() == 3);
        assertThat(first.received()).hasSize(2);
    }

    @Test
    @DisplayName("health_check: probes go to upstreams that failed, for the name and with the RD bit that are wanted")
    void probesAskWhatTheyAreToldTo() {
        builder.probe(Zones.name("probe.example."), false).healthCheck(Duration.ofMillis(1));
        first.udp((query, line) -> {
            if (query.qtype() == Type.NS) {
                line.send(Replies.reply(query, Rcode.REFUSED).toWire());
            } else {
                line.send(Replies.truncated(query).toWire());
            }
        });
        first.tcp((query, line) -> line.cut()); // so the try fails
        Forwarder forwarder = running();
        assertThat(ask(forwarder)).answers(OTHER);
        await().until(() -> {
            LoopTime.pass(forwarder, ticker, Duration.ofMillis(2));
            return first.received().stream().anyMatch(query -> query.qtype() == Type.NS);
        });
        ReceivedQuery probe = first.received().stream()
                .filter(query -> query.qtype() == Type.NS)
                .findFirst()
                .orElseThrow();
        assertThat(probe.qname()).isEqualTo("probe.example.");
        assertThat(probe.message().getHeader().getFlag(Flags.RD)).isFalse();
        assertThat(second.received()).noneMatch(query -> query.qtype() == Type.NS);
    }
}
