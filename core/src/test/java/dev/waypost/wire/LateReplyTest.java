package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LateReplyTest {
    private static final Response ANSWER =
            Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 2));

    private final CompletableFuture<Resolution> upstream = new CompletableFuture<>();
    private final WireProbe probe = WireProbe.imaging(64, query -> Pending.on(upstream));
    private final byte[] query =
            WireMessages.query("www.example.", Type.A).opt(1232).bytes();

    @Test
    void pendingResolutionIsAnsweredLater() {
        assertThat(probe.udp(query)).isEmpty();
        assertThat(probe.lastResult()).isEqualTo(WireResponder.LATER);
        assertThat(probe.sent()).isEmpty();

        upstream.complete(ANSWER);

        Message reply = WireProbe.parsed(probe.sent().get(0));
        assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
        assertThat(reply.getHeader().getID()).isEqualTo(0x1234);
        assertThat(probe.dropped()).isZero();
    }

    @Test
    void transportMayUseItsBufferAgainAtOnce() {
        byte[] buffer = query.clone();
        probe.responder().respond(buffer, buffer.length, new byte[1232], new LatePath(probe));
        Arrays.fill(buffer, (byte) 0x55);

        upstream.complete(ANSWER);

        assertThat(WireProbe.parsed(probe.sent().get(0)).getQuestion().getName())
                .hasToString("www.example.");
    }

    @Test
    void resolutionThatIsThereAlreadyIsAnsweredAtOnce() {
        upstream.complete(ANSWER);

        assertThat(probe.udpMessage(query).getSection(Section.ANSWER)).hasSize(2);
        assertThat(probe.sent()).isEmpty();
    }

    @Test
    void lateAnswerLeavesAnImage() {
        probe.udp(query);
        upstream.complete(ANSWER);

        assertThat(probe.udp(query)).isEqualTo(probe.sent().get(0));
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void failedStageIsServFailAndFallthroughRefused() {
        probe.udp(query);
        upstream.completeExceptionally(new IllegalStateException("planned"));
        assertThat(WireProbe.parsed(probe.sent().get(0)).getRcode()).isEqualTo(Rcode.SERVFAIL);

        WireProbe nobody =
                WireProbe.over(any -> Pending.on(CompletableFuture.completedFuture(Fallthrough.FALLTHROUGH)));
        assertThat(nobody.udpMessage(query).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void limitOfTheDatagramHoldsForLateReplies() {
        probe.udp(query);
        upstream.complete(Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 100)));

        Message reply = WireProbe.parsed(probe.sent().get(0));
        assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    @DisplayName("CVE-2024-33655 (DNSBomb): records later than 1.9 s are not sent as a datagram")
    void recordsTooLateForADatagramAreDropped() {
        probe.udp(query);
        probe.ticker().advance(Duration.ofMillis(1901));
        upstream.complete(ANSWER);

        assertThat(probe.sent()).isEmpty();
        assertThat(probe.dropped()).isEqualTo(1);
    }

    @Test
    @DisplayName("CVE-2024-33655 (DNSBomb): 1.9 s are in time, and a stream waits for as long as it likes")
    void recordsInTimeAreSent() {
        probe.udp(query);
        probe.tcp(query);
        probe.ticker().advance(Duration.ofMillis(1900));
        upstream.complete(ANSWER);
        assertThat(probe.sent()).hasSize(2);

        CompletableFuture<Resolution> slow = new CompletableFuture<>();
        WireProbe stream = WireProbe.over(any -> Pending.on(slow));
        stream.reply(query, new byte[65535], Transport.TCP);
        stream.ticker().advance(Duration.ofSeconds(4));
        slow.complete(ANSWER);
        assertThat(stream.sent()).hasSize(1);
    }

    @Test
    @DisplayName("RFC 8767 section 5: a late failure is told, it is no longer than its query")
    void lateFailureIsSent() {
        probe.udp(query);
        probe.ticker().advance(Duration.ofSeconds(5));
        upstream.complete(Response.failure(Rcode.SERVFAIL));

        assertThat(probe.sent().get(0)).hasSameSizeAs(query);
    }

    @Test
    void deadlineIsTheDefaultTimeoutFromArrival() {
        long arrival = probe.ticker().nanoTime();
        probe.udp(query);

        assertThat(probe.asked().get(0).deadlineNanos() - arrival)
                .isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    private record LatePath(WireProbe probe) implements ReplyPath {
        @Override
        public dev.waypost.Client client() {
            return dev.waypost.Client.IN_PROCESS;
        }

        @Override
        public void send(byte[] reply) {
            probe.sent().add(reply);
        }
    }
}
