package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Client;
import dev.waypost.ListenPoint;
import dev.waypost.Transport;
import dev.waypost.engine.DnsEngine;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Zones;
import dev.waypost.wire.ReplyPath;
import dev.waypost.wire.WireResponder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@DisplayName("CVE-2024-33655, DNSBomb: what an upstream holds back is not let go at a client in one pulse")
class LateReplyTest {
    private static final String NAME = "www.example.";

    private final FakeTicker ticker = new FakeTicker();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.running((query, line) -> {
        awaitQuietly(letGo);
        line.send(Replies.answer(query, query.qname() + " 300 A 192.0.2.1").toWire());
    });
    private final DnsEngine engine = DnsEngine.builder()
            .ticker(ticker)
            .resolver(
                    Name.root,
                    Forwarder.builder()
                            .upstream(upstream.address())
                            .tryTimeout(Duration.ofSeconds(4))
                            .ticker(ticker)
                            .build())
            .build()
            .start();

    @AfterEach
    void close() {
        letGo.countDown();
        engine.close();
        upstream.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Path implements ReplyPath {
        private final Transport transport;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger dropped = new AtomicInteger();

        Path(Transport transport) {
            this.transport = transport;
        }

        @Override
        public Client client() {
            return new Client(InetAddress.getLoopbackAddress(), 40_000, transport);
        }

        @Override
        public void send(byte[] reply) {
            sent.incrementAndGet();
        }

        @Override
        public void dropped() {
            dropped.incrementAndGet();
        }
    }

    private Path ask(Transport transport) {
        Message query = new Message(1);
        query.addRecord(Record.newRecord(Zones.name(NAME), Type.A, DClass.IN), Section.QUESTION);
        byte[] wire = query.toWire();
        Path path = new Path(transport);
        int length = engine.wire(new ListenPoint("dns", "", 53)).respond(wire, wire.length, new byte[65_535], path);
        assertThat(length).isEqualTo(WireResponder.LATER);
        return path;
    }

    @ParameterizedTest
    @CsvSource({"1800, 1, 0", "1950, 0, 1"})
    void datagramsOlderThanAboutTwoSecondsAreDropped(int millis, int sent, int dropped) {
        Path path = ask(Transport.UDP);
        await().until(() -> upstream.received().size() == 1);
        ticker.advance(Duration.ofMillis(millis));
        letGo.countDown();
        await().until(() -> path.sent.get() + path.dropped.get() == 1);
        assertThat(path.sent.get()).isEqualTo(sent);
        assertThat(path.dropped.get()).isEqualTo(dropped);
    }

    @Test
    void streamIsAnsweredHoweverLate() {
        Path path = ask(Transport.TCP);
        await().until(() -> upstream.received().size() == 1);
        ticker.advance(Duration.ofMillis(3900));
        letGo.countDown();
        await().until(() -> path.sent.get() == 1);
    }
}
