package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.ExtendedError;
import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.OpenSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.Rcode;

/** The forwarder's thread survives, and ends when it should. */
class ForwarderLifecycleTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";

    private final ScriptedUpstream upstream = ScriptedUpstream.running(Replies.answering(ANSWER));
    private final AtomicLong looksAtTheClock = new AtomicLong();
    private final FakeTicker ticker = new FakeTicker();
    private final Forwarder forwarder = Forwarder.builder()
            .upstream(upstream.address())
            .ticker(() -> {
                looksAtTheClock.incrementAndGet();
                return ticker.nanoTime();
            })
            .build();

    /** Every test looks for the one thread there is. */
    @BeforeEach
    void closedForwardersThreadsHaveEnded() {
        await().until(() -> loopThread().isEmpty());
    }

    @AfterEach
    void close() {
        forwarder.close();
        upstream.close();
    }

    private static Optional<Thread> loopThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("waypost-forward"))
                .findFirst();
    }

    @Test
    void forwarderThatDoesNotRunSaysSo() {
        assertThat(forwarder.resolve(Questions.a(NAME)))
                .hasRcode(Rcode.SERVFAIL)
                .hasExtendedError(ExtendedError.NOT_READY);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closeLeavesNoThreadAndNoSocket() throws IOException {
        leaveAnIdleConnectionAndClose(); // the JDK keeps one descriptor of its own from its first socket on
        long before = OpenSockets.count();
        forwarder.start();
        upstream.udp((query, line) -> line.send(Replies.truncated(query).toWire()));
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER); // leaves an idle connection
        upstream.udp(Script.SILENCE);
        List<Resolution> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        await().until(() -> upstream.received().size() >= 50 + 3);
        assertThat(forwarder.flights().loop().selector().keys()).hasSizeGreaterThan(50);
        forwarder.close();
        await().until(() -> loopThread().isEmpty());
        waiting.forEach(each -> assertThat(each).hasRcode(Rcode.SERVFAIL));
        await().until(() -> upstream.openConnections() == 0); // the upstream's end of the idle connection
        await().untilAsserted(() -> assertThat(OpenSockets.count()).isLessThanOrEqualTo(before));
    }

    private void leaveAnIdleConnectionAndClose() {
        Forwarder first = Forwarder.builder()
                .upstream(upstream.address())
                .tcpOnly(true)
                .ticker(ticker)
                .build();
        first.start();
        assertThat(first.resolve(Questions.a(NAME))).answers(ANSWER);
        first.close();
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void socketOfAFinishedQueryIsClosed() throws IOException {
        forwarder.start();
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        await().until(() -> forwarder.flights().loop().selector().keys().isEmpty());
    }

    @Test
    void startAndCloseHundredTimesLeavesNothing() {
        for (int i = 0; i < 100; i++) {
            Forwarder each = Forwarder.builder().upstream(upstream.address()).build();
            each.start();
            each.resolve(Questions.a(NAME));
            each.close();
        }
        await().until(() -> loopThread().isEmpty());
    }

    @Test
    void closedSelectorIsReplacedAndQuestionsInFlightAreAskedAgain() throws IOException {
        forwarder.start();
        upstream.udp(Script.SILENCE);
        Resolution inFlight = forwarder.resolve(Questions.a(NAME));
        await().until(() -> upstream.received().size() >= 1);
        upstream.udp(Replies.answering(ANSWER));
        forwarder.flights().loop().selector().close();
        LoopTime.pass(forwarder, ticker, Duration.ofMillis(1500)); // the try's
        assertThat(inFlight).answers(ANSWER);
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
    }

    @Test
    void questionAskedWhileTheSelectorIsClosedIsAnswered() {
        forwarder.start();
        IoLoop loop = forwarder.flights().loop();
        CompletableFuture<Resolution> asked = new CompletableFuture<>();
        loop.at(
                ticker.nanoTime(),
                () -> { // timers come last in a turn: what is given here waits for the next selector
                    try {
                        loop.selector().close();
                    } catch (IOException impossible) {
                        asked.completeExceptionally(impossible);
                    }
                    asked.complete(forwarder.resolve(Questions.a(NAME)));
                });
        assertThat(asked.join()).answers(ANSWER);
    }

    @Test
    void interruptedThreadGoesOn() {
        forwarder.start();
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        loopThread().orElseThrow().interrupt();
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(loopThread().orElseThrow().isInterrupted()).isFalse();
    }

    @Test
    void throwableInACallbackHarmsNoOtherQuestion() {
        forwarder.start();
        Pending pending = (Pending) forwarder.resolve(Questions.a("thrower.example."));
        var unused = pending.settled().whenComplete((resolution, fault) -> {
            throw new StackOverflowError("a host's callback");
        });
        forwarder.flights().loop().execute(() -> {
            throw new OutOfMemoryError("a task of the loop");
        });
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
    }

    @Test
    @DisplayName("what logging throws for want of memory does not end the thread either")
    void throwableOutOfTheLoggerEndsNoThread() {
        Logger logger = Logger.getLogger(IoLoop.class.getName());
        Handler throwing = new ThrowingHandler();
        logger.addHandler(throwing);
        try {
            forwarder.start();
            forwarder.flights().loop().execute(() -> {
                throw new OutOfMemoryError("a task of the loop");
            });
            assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        } finally {
            logger.removeHandler(throwing);
        }
    }

    private static final class ThrowingHandler extends Handler {
        @Override
        public void publish(LogRecord message) {
            throw new OutOfMemoryError("the logger");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    @DisplayName("the thread sleeps while it waits: it looks at the clock as it sends, and then no more")
    void waitingThreadUsesNoProcessor() {
        forwarder.start();
        upstream.udp(Script.SILENCE);
        forwarder.resolve(Questions.a(NAME));
        await().until(() -> upstream.received().size() == 1);
        LoopTime.pass(forwarder, ticker, Duration.ZERO); // the turn in which it was sent is over
        await().until(() -> loopThread().orElseThrow().getState() == Thread.State.RUNNABLE); // in select()
        long before = looksAtTheClock.get();
        await().during(Duration.ofMillis(200)).until(() -> looksAtTheClock.get() < before + 10);
    }
}
