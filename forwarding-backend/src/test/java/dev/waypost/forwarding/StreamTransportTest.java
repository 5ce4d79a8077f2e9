package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Metric;
import dev.waypost.Resolution;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.forwarding.transport.StreamTransport;
import dev.waypost.forwarding.transport.UpstreamTransport;
import dev.waypost.testing.FakeTicker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

@DisplayName("RFC 7766: few connections, many queries on each, kept for the next ones")
class StreamTransportTest {
    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedUpstream upstream = ScriptedUpstream.running(answering());
    private final ForwarderBuilder builder = Forwarder.builder()
            .upstream(upstream.address())
            .tcpOnly(true)
            .tryTimeout(Duration.ofSeconds(4))
            .ticker(ticker);
    private final List<Forwarder> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Forwarder::close);
        upstream.close();
    }

    private static Script answering() {
        return (query, line) -> line.send(answer(query));
    }

    private static byte[] answer(ReceivedQuery query) {
        return Replies.answer(query, query.qname() + " 300 A 192.0.2.1").toWire();
    }

    private Forwarder running() {
        Forwarder forwarder = builder.build();
        opened.add(forwarder);
        forwarder.start();
        return forwarder;
    }

    private List<Resolution> ask(Forwarder forwarder, int questions) {
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            long deadline = ticker.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            resolutions.add(forwarder.resolve(Questions.a("n" + i + ".example.").withDeadline(deadline)));
        }
        return resolutions;
    }

    private static void assertAnswered(List<Resolution> resolutions) {
        for (int i = 0; i < resolutions.size(); i++) {
            assertThat(resolutions.get(i)).answers("n" + i + ".example. 300 A 192.0.2.1");
        }
    }

    private void wake(Forwarder forwarder, Duration after) {
        LoopTime.pass(forwarder, ticker, after);
    }

    private long connections() {
        return upstream.received().stream()
                .map(ReceivedQuery::sourcePort)
                .distinct()
                .count();
    }

    @Test
    @DisplayName("section 6.2.1.1: queries do not wait for each other's replies")
    void queriesArePipelined() {
        List<byte[]> replies = Collections.synchronizedList(new ArrayList<>());
        upstream.tcp((query, line) -> {
            replies.add(answer(query));
            if (replies.size() == StreamTransport.MOST_PIPELINED) { // so all of them had to come first
                for (byte[] each : replies) {
                    line.send(each);
                }
            }
        });
        assertAnswered(ask(running(), StreamTransport.MOST_PIPELINED));
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    @DisplayName("section 7: replies come in any order, and belong to queries by ID and question")
    void repliesMayComeInAnyOrder() {
        List<byte[]> replies = Collections.synchronizedList(new ArrayList<>());
        upstream.tcp((query, line) -> {
            replies.add(answer(query));
            if (replies.size() == 50) {
                Collections.reverse(replies);
                for (byte[] each : replies) {
                    line.send(each);
                }
            }
        });
        assertAnswered(ask(running(), 50));
    }

    @Test
    void moreThanOneConnectionHoldsAreSpread() {
        assertAnswered(ask(running(), 1000));
        assertThat(connections()).isLessThanOrEqualTo(1000 / StreamTransport.MOST_PIPELINED + 2);
    }

    @Test
    void manyRepliesInOneSegmentAndOneReplyInManySegmentsAreRead() {
        List<byte[]> replies = Collections.synchronizedList(new ArrayList<>());
        upstream.tcp((query, line) -> {
            replies.add(answer(query));
            if (replies.size() == 20) {
                ByteBuffer all = ByteBuffer.allocate(10_000);
                replies.forEach(each -> all.putShort((short) each.length).put(each));
                for (int i = 0; i < 7; i++) {
                    line.sendRaw(new byte[] {all.get(i)}); // octet by octet
                }
                byte[] rest = new byte[all.position() - 7];
                all.position(7).get(rest);
                line.sendRaw(rest);
            }
        });
        assertAnswered(ask(running(), 20));
    }

    @Test
    void longestReplyIsRead() {
        String[] records = new String[4000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "n0.example. 300 A 198.18." + i / 250 + "." + i % 250;
        }
        upstream.tcp(Replies.answering(records));
        assertThat(ask(running(), 1).get(0)).hasRcode(Rcode.NOERROR).answersInAnyOrder(records);
    }

    @Test
    @DisplayName("section 6.2.4: queries on a connection that the upstream closes are asked again on another")
    void queriesOfAClosedConnectionAreAskedAgain() {
        AtomicInteger served = new AtomicInteger();
        upstream.tcp((query, line) -> {
            line.send(answer(query));
            if (served.incrementAndGet() % 10 == 0) {
                line.cut();
            }
        });
        assertAnswered(ask(running(), 60));
    }

    @Test
    @DisplayName("an upstream that closes after each reply is soon given one query a connection")
    void upstreamWithoutPipeliningIsLearnt() {
        upstream.tcp((query, line) -> {
            line.send(answer(query));
            line.cut();
        });
        Forwarder forwarder = running();
        assertAnswered(ask(forwarder, 100));
        int before = upstream.received().size();
        assertAnswered(ask(forwarder, 100));
        assertThat(upstream.received().size() - before).isLessThanOrEqualTo(110);
    }

    @Test
    @DisplayName("expire: an idle connection is used again, and closed when its time is over")
    void idleConnectionIsUsedAgainAndExpires() {
        builder.expire(Duration.ofSeconds(10));
        Forwarder forwarder = running();
        assertAnswered(ask(forwarder, 1));
        wake(forwarder, Duration.ofSeconds(9));
        assertAnswered(ask(forwarder, 1));
        assertThat(connections()).isEqualTo(1);
        wake(forwarder, Duration.ofSeconds(10));
        await().until(() -> upstream.openConnections() == 0);
        assertAnswered(ask(forwarder, 1));
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    @DisplayName("max_age: an old connection is given no further query, however busy it was")
    void oldConnectionIsGivenUp() {
        builder.expire(Duration.ofSeconds(10)).maxAge(Duration.ofSeconds(20));
        Forwarder forwarder = running();
        for (int i = 0; i < 5; i++) {
            assertAnswered(ask(forwarder, 1));
            wake(forwarder, Duration.ofSeconds(5));
        }
        assertThat(connections()).isEqualTo(1);
        assertAnswered(ask(forwarder, 1));
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    @DisplayName("max_idle_conns: so many idle connections are kept, and the others closed")
    void idleConnectionsAreBounded() {
        builder.maxIdleConnections(2);
        Forwarder forwarder = running();
        assertAnswered(ask(forwarder, 10 * StreamTransport.MOST_PIPELINED));
        await().until(() -> upstream.openConnections() <= 2);
    }

    @Test
    void silentConnectionIsGivenUpWithTheQueryThatTimedOut() {
        builder.tryTimeout(Duration.ofSeconds(1)).triesAnUpstream(1);
        Forwarder forwarder = running();
        upstream.tcp(Script.SILENCE);
        List<Resolution> silent = ask(forwarder, 1);
        await().until(() -> upstream.received().size() == 1);
        wake(forwarder, Duration.ofSeconds(1));
        assertThat(silent.get(0)).hasRcode(Rcode.SERVFAIL);
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void lateRepliesAreNoStrangers() {
        builder.tryTimeout(Duration.ofSeconds(1)).triesAnUpstream(1);
        Forwarder forwarder = running();
        List<byte[]> kept = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<byte[]> first = new AtomicReference<>();
        upstream.tcp((query, line) -> {
            if (!query.qname().equals("n0.example.")) {
                kept.add(answer(query));
                if (kept.size() == 19) {
                    line.send(first.get()); // so the connection is known to live since all of them were sent
                }
            } else if (!first.compareAndSet(null, answer(query))) {
                line.send(answer(query));
                for (byte[] each : kept) {
                    line.send(each);
                }
            }
        });
        List<Resolution> all = ask(forwarder, 20);
        List<Resolution> unanswered = all.subList(1, 20);
        assertThat(all.get(0)).hasRcode(Rcode.NOERROR); // before time passes: else the connection is taken for dead
        wake(forwarder, Duration.ofSeconds(1));
        unanswered.forEach(each -> assertThat(each).hasRcode(Rcode.SERVFAIL));
        assertAnswered(ask(forwarder, 1));
        assertAnswered(ask(forwarder, 1));
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void strangeRepliesEndAConnection() {
        upstream.tcp((query, line) -> {
            for (int i = 0; i <= UpstreamTransport.STRAY_LIMIT; i++) {
                line.send(Replies.numbered(Replies.reply(query, Rcode.NOERROR), query.id() ^ 1)
                        .toWire());
            }
        });
        builder.triesAnUpstream(1);
        assertThat(ask(running(), 1).get(0)).hasRcode(Rcode.SERVFAIL);
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void unreadableReplyFailsItsQueryAndNoOther() {
        upstream.tcp((query, line) -> {
            byte[] reply = answer(query);
            line.send(query.qname().equals("n1.example.") ? java.util.Arrays.copyOf(reply, reply.length - 5) : reply);
        });
        builder.triesAnUpstream(1);
        List<Resolution> resolutions = ask(running(), 3);
        assertThat(resolutions.get(0)).hasRcode(Rcode.NOERROR);
        assertThat(resolutions.get(1)).hasRcode(Rcode.SERVFAIL);
        assertThat(resolutions.get(2)).hasRcode(Rcode.NOERROR);
    }

    @Test
    void reuseIsCounted() {
        Forwarder forwarder = running();
        for (int i = 0; i < 5; i++) {
            assertAnswered(ask(forwarder, 1));
        }
        List<Metric> metrics = new ArrayList<>();
        forwarder.collect(metrics::add);
        assertThat(metrics)
                .filteredOn(metric -> metric.name().startsWith("coredns_proxy_conn_cache_"))
                .extracting(metric -> metric.name() + metric.labels().get("proto") + ((Metric.Counter) metric).value())
                .containsExactlyInAnyOrder(
                        "coredns_proxy_conn_cache_hits_totaltcp4.0", "coredns_proxy_conn_cache_misses_totaltcp1.0");
    }
}
