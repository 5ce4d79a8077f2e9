package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.ExtendedError;
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
import dev.waypost.testing.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** Upstreams that are silent, broken, gone or old. */
class UpstreamFailureTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";
    private static final Duration TRY = Duration.ofMillis(100);
    private static final Duration PROBE = Duration.ofMillis(50);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedUpstream good = opened(ScriptedUpstream.running(Replies.answering(ANSWER)));
    private final ScriptedUpstream bad = opened(ScriptedUpstream.running(Script.SILENCE));

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

    private Forwarder forwarder(ForwarderBuilder builder) {
        Forwarder forwarder = opened(builder.build());
        forwarder.start();
        return forwarder;
    }

    /** On a clock that a test moves: a busy machine does not look like a silent upstream. */
    private ForwarderBuilder patient(ScriptedUpstream... upstreams) {
        ForwarderBuilder builder = Forwarder.builder()
                .policy(UpstreamPolicy.SEQUENTIAL)
                .tryTimeout(TRY)
                .healthCheck(PROBE)
                .ticker(ticker);
        for (ScriptedUpstream each : upstreams) {
            builder.upstream(each.address());
        }
        return builder;
    }

    private static CompletableFuture<Resolution> ask(Forwarder forwarder) {
        return ((Pending) forwarder.resolve(Questions.a(NAME))).settled().toCompletableFuture();
    }

    /** Three tries are waited out. */
    private Response afterThreeTries(Forwarder forwarder) {
        CompletableFuture<Resolution> answer = ask(forwarder);
        for (int i = 0; i < 3; i++) {
            assertThat(answer).as("after %d tries", i).isNotDone();
            LoopTime.pass(forwarder, ticker, TRY);
        }
        assertThat(answer).isDone();
        return DnsAssertions.response(answer.join());
    }

    @Test
    @DisplayName("RFC 8767 section 5: a silent upstream gives SERVFAIL with the reason, in time")
    void silentUpstreamGivesServfail() {
        Forwarder forwarder = forwarder(patient(bad));
        Response response = afterThreeTries(forwarder);
        assertThat(response).hasRcode(Rcode.SERVFAIL).hasExtendedError(ExtendedError.NETWORK_ERROR);
        assertThat(response.extendedErrors().get(0).text())
                .contains(AddressLiteral.format(bad.address()))
                .contains("no reply in time");
        assertThat(forwarder.inFlight()).isZero();
    }

    @Test
    @DisplayName("RFC 8767 section 5: the query's own deadline ends the wait before the upstream's does")
    void queryDeadlineIsKept() {
        Forwarder forwarder = forwarder(patient(bad).tryTimeout(Duration.ofSeconds(2)));
        Duration haste = Duration.ofMillis(150);
        Pending hasty =
                (Pending) forwarder.resolve(Questions.a(NAME).withDeadline(ticker.nanoTime() + haste.toNanos()));
        LoopTime.pass(forwarder, ticker, haste.minusNanos(1));
        assertThat(hasty.settled().toCompletableFuture()).isNotDone();
        LoopTime.pass(forwarder, ticker, Duration.ofNanos(1));
        Response response = DnsAssertions.response(hasty);
        assertThat(response).hasRcode(Rcode.SERVFAIL);
        assertThat(response.freshness().isUncached())
                .as("one client's haste may be kept for the others")
                .isFalse();
    }

    @Test
    @DisplayName("RFC 8767 section 5: a hundred unanswered questions delay no other name")
    void silentNamesDelayNoOther() {
        good.udp((query, line) -> {
            if (query.qname().equals(NAME)) {
                line.send(Replies.answer(query, ANSWER).toWire());
            }
        });
        Forwarder forwarder = forwarder(patient(good));
        for (int i = 0; i < 100; i++) {
            forwarder.resolve(Questions.a("silent" + i + ".example."));
        }
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER); // though no time passes
        assertThat(forwarder.inFlight()).isEqualTo(100);
    }

    @Test
    @DisplayName("RFC 9520 section 3.1: an upstream is tried three times at most")
    void triesAreBounded() {
        Forwarder forwarder = forwarder(patient(bad).maxFails(0));
        assertThat(afterThreeTries(forwarder)).hasRcode(Rcode.SERVFAIL);
        await().until(() -> bad.received().size() >= 3);
        assertThat(bad.received()).hasSize(3);
    }

    @Test
    @DisplayName("a dead first upstream is passed over within one try, and afterwards at once")
    void deadUpstreamFailsOver() {
        Forwarder forwarder =
                forwarder(patient(bad, good).hedged(false).maxFails(1).healthCheck(Duration.ofHours(1)));
        Resolution first = forwarder.resolve(Questions.a(NAME));
        await().until(() -> bad.received().size() == 1);
        LoopTime.pass(forwarder, ticker, TRY);
        assertThat(first).answers(ANSWER);
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(bad.received()).hasSize(1);
        assertThat(good.received()).hasSize(2);
    }

    @Test
    @DisplayName("a refused port fails over without waiting for a timeout")
    void refusedPortFailsOverAtOnce() {
        ForwarderBuilder builder = Forwarder.builder()
                .policy(UpstreamPolicy.SEQUENTIAL)
                .hedged(false)
                .ticker(ticker)
                .upstream(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next())) // nobody's
                .upstream(good.address());
        assertThat(forwarder(builder).resolve(Questions.a(NAME))).answers(ANSWER);
    }

    @Test
    @DisplayName("a dead upstream is probed until it answers, and is then asked again")
    void recoveredUpstreamComesBack() {
        Forwarder forwarder = forwarder(patient(bad, good).hedged(false).maxFails(1));
        Resolution first = forwarder.resolve(Questions.a(NAME));
        await().until(() -> bad.received().size() == 1);
        LoopTime.pass(forwarder, ticker, TRY);
        assertThat(first).answers(ANSWER);
        bad.udp(Replies.answering(ANSWER));
        await().until(() -> {
            LoopTime.pass(forwarder, ticker, PROBE);
            int before = good.received().size();
            DnsAssertions.response(forwarder.resolve(Questions.a(NAME)));
            return good.received().size() == before;
        });
        assertThat(bad.received()).anyMatch(query -> query.qname().equals("."));
        assertThat(good.received()).noneMatch(query -> query.qname().equals("."));
    }

    @Test
    @DisplayName("RFC 7766 section 5: a truncated reply is fetched whole over TCP")
    void truncatedReplyIsFetchedWhole() {
        String[] records = new String[100];
        for (int i = 0; i < records.length; i++) {
            records[i] = "www.example. 300 A 192.0.2." + i;
        }
        good.udp((query, line) -> line.send(Replies.truncated(query).toWire()));
        good.tcp(Replies.answering(records));
        assertThat(forwarder(patient(good)).resolve(Questions.a(NAME))).answersInAnyOrder(records);
    }

    @Test
    @DisplayName("RFC 7766 section 5: a connection cut in the middle of a reply is SERVFAIL, never a hang")
    void cutConnectionGivesServfail() {
        good.udp((query, line) -> line.send(Replies.truncated(query).toWire()));
        good.tcp((query, line) -> {
            line.sendRaw(new byte[] {1, 0, 0, 42});
            line.cut();
        });
        Response response = DnsAssertions.response(forwarder(patient(good)).resolve(Questions.a(NAME)));
        assertThat(response).hasRcode(Rcode.SERVFAIL).hasExtendedError(ExtendedError.NETWORK_ERROR);
        assertThat(response.extendedErrors().get(0).text()).contains("the connection was cut");
    }

    @Test
    @DisplayName("RFC 7766 section 5: TCP that says a length and then nothing is SERVFAIL, never a hang")
    void stalledConnectionGivesServfail() {
        good.tcp((query, line) -> line.sendRaw(new byte[] {1, 0, 0}));
        Forwarder forwarder = forwarder(patient(good).tcpOnly(true));
        CompletableFuture<Resolution> answer = ask(forwarder);
        await().until(() -> good.received().size() == 1);
        await().until(() -> {
            LoopTime.pass(forwarder, ticker, TRY);
            return answer.isDone();
        });
        assertThat(answer.join()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    @DisplayName("RFC 6891 section 7: an upstream that refuses EDNS is asked without")
    void ednsRefusedIsAskedPlain() {
        for (int rcode : new int[] {Rcode.FORMERR, Rcode.NOTIMP}) {
            ScriptedUpstream old = opened(ScriptedUpstream.running((query, line) -> line.send(
                    (query.hasEdns() ? Replies.reply(query, rcode) : Replies.answer(query, ANSWER)).toWire())));
            assertThat(forwarder(patient(old)).resolve(Questions.a(NAME))).answers(ANSWER);
            assertThat(old.received()).extracting(ReceivedQuery::hasEdns).containsExactly(true, false);
        }
    }

    @Test
    @DisplayName("RFC 6891 section 7: FORMERR as a bare header counts as refused EDNS too")
    void bareFormerrIsAskedPlain() {
        good.udp((query, line) -> {
            byte[] bare = {(byte) (query.id() >>> 8), (byte) query.id(), (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0};
            line.send(query.hasEdns() ? bare : Replies.answer(query, ANSWER).toWire());
        });
        assertThat(forwarder(patient(good)).resolve(Questions.a(NAME))).answers(ANSWER);
    }

    @Test
    void idleConnectionThatTheUpstreamClosedCostsNoFailure() {
        good.tcp((query, line) -> {
            line.send(Replies.answer(query, ANSWER).toWire());
            line.cut();
        });
        Forwarder forwarder = forwarder(patient(good).tcpOnly(true).triesAnUpstream(1));
        for (int i = 0; i < 20; i++) {
            assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        }
    }
}
