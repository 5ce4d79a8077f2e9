package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** Many queries at once: who waits together, and how many may wait. */
class WaitingTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";

    private final CountDownLatch allAsked = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.running((query, line) -> {
        await(allAsked);
        line.send(Replies.answer(query, query.qname() + " 300 A 192.0.2.1").toWire());
    });
    private final ForwarderBuilder builder =
            Forwarder.builder().upstream(upstream.address()).ticker(new FakeTicker());
    private final List<Forwarder> opened = new ArrayList<>();

    @AfterEach
    void close() {
        allAsked.countDown();
        opened.forEach(Forwarder::close);
        upstream.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Forwarder running() {
        Forwarder forwarder = builder.build();
        opened.add(forwarder);
        forwarder.start();
        return forwarder;
    }

    private static String client(int number) {
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    @Test
    @DisplayName("CVE-2023-30464: ten thousand clients with one question cost one query upstream, and all are answered")
    void equalQuestionsInFlightCostOneQuery() {
        Forwarder forwarder = running();
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Query query = Questions.a(i % 2 == 0 ? NAME : "WWW.example.");
            resolutions.add(forwarder.resolve(Questions.from(client(i), query)));
        }
        allAsked.countDown();
        for (int i = 0; i < resolutions.size(); i++) {
            assertThat(resolutions.get(i)).answers(i % 2 == 0 ? ANSWER : ANSWER.replace("www", "WWW"));
        }
        assertThat(upstream.received()).hasSize(1);
        assertThat(forwarder.inFlight()).isZero();
        assertThat(forwarder.flights().room().size()).isZero();
        assertThat(forwarder.flights().room().clients()).isZero();
    }

    @Test
    @DisplayName("CVE-2024-33655, DNSBomb: one client's waiting queries are bounded, and take no place of another's")
    void waitingQueriesOfOneClientAreBounded() {
        builder.maxWaiting(100, 3);
        Forwarder forwarder = running();
        List<Resolution> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(forwarder.resolve(Questions.from("198.18.0.1", Questions.a("n" + i + ".example."))));
        }
        Response fourth =
                DnsAssertions.response(forwarder.resolve(Questions.from("198.18.0.1", Questions.a("n0.example."))));
        assertThat(fourth).hasRcode(Rcode.REFUSED);
        assertThat(fourth.isOverloaded()).isTrue();
        waiting.add(forwarder.resolve(Questions.from("198.18.0.2", Questions.a("n0.example."))));
        allAsked.countDown();
        waiting.forEach(each -> assertThat(each).hasRcode(Rcode.NOERROR));
        assertThat(forwarder.resolve(Questions.from("198.18.0.1", Questions.a(NAME))))
                .answers(ANSWER);
    }

    @Test
    void callersInThisJvmAreBoundedInAllAlone() {
        builder.maxWaiting(5, 1);
        Forwarder forwarder = running();
        List<Resolution> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(forwarder.resolve(Questions.a(NAME)));
        }
        assertThat(DnsAssertions.response(forwarder.resolve(Questions.a(NAME))).isOverloaded())
                .isTrue();
        allAsked.countDown();
        waiting.forEach(each -> assertThat(each).answers(ANSWER));
    }

    @Test
    @DisplayName("max_concurrent bounds questions in flight, not the clients that wait for one of them")
    void tooManyQuestionsInFlightAreAnOverload() {
        builder.maxConcurrent(2);
        Forwarder forwarder = running();
        List<Resolution> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(forwarder.resolve(Questions.a(i % 2 == 0 ? "a.example." : "b.example.")));
        }
        Response third = DnsAssertions.response(forwarder.resolve(Questions.a("c.example.")));
        assertThat(third).hasRcode(Rcode.REFUSED);
        assertThat(third.isOverloaded()).isTrue();
        List<String> metrics = new ArrayList<>();
        forwarder.collect(metric -> metrics.add(metric.toString()));
        assertThat(metrics)
                .anyMatch(each ->
                        each.contains("coredns_forward_max_concurrent_rejects_total") && each.contains("value=1.0"));
        allAsked.countDown();
        waiting.forEach(each -> assertThat(each).hasRcode(Rcode.NOERROR));
        assertThat(forwarder.resolve(Questions.a("c.example."))).hasRcode(Rcode.NOERROR);
    }

    @Test
    @DisplayName("thousands of questions are in flight on one thread")
    void thousandsOfQuestionsAreInFlightOnOneThread() {
        Forwarder forwarder = running();
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            resolutions.add(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        Awaitility.await()
                .until(() -> forwarder.flights().loop().selector().keys().size() == 4000);
        Awaitility.await() // those of closed forwarders may be about to end
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                                .filter(each -> each.getName().startsWith("waypost-forward"))
                                .count()
                        == 1);
        assertThat(forwarder.inFlight()).isEqualTo(4000);
    }
}
