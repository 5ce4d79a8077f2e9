package dev.waypost.forwarding.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class MalformedReplyTest {
    private static final Question QUESTION = Question.of(Questions.dnssec(Questions.a("www.example.")));

    private static final UpstreamQuery QUERY = Questions.upstream(QUESTION, 7);

    private static byte[] rich() throws IOException {
        ReceivedQuery query = new ReceivedQuery(new Message(QUERY.message()), 0, false);
        Message reply = Replies.answer(
                query,
                "www.example. 300 CNAME www.old.example.",
                "old.example. 300 DNAME new.example.",
                "www.new.example. 300 A 192.0.2.1");
        Replies.with(reply, Section.AUTHORITY, "example. 300 SOA ns.example. h.example. 1 2 3 4 5");
        Replies.with(
                reply,
                Section.AUTHORITY,
                "example. 300 MX 1 mx.example.",
                "example. 300 SRV 1 2 3 srv.example.",
                "example. 300 NAPTR 1 2 \"u\" \"sip\" \"\" naptr.example.");
        reply.getHeader().setRcode(Rcode.NOERROR);
        return reply.toWire();
    }

    @Test
    void everyPrefixOfAReplyIsPassedOver() throws IOException {
        byte[] whole = rich();
        for (int length = 0; length < whole.length; length++) {
            assertThat(UpstreamReply.read(ByteBuffer.wrap(whole, 0, length), QUERY))
                    .as("%d octets", length)
                    .isInstanceOf(Arrival.Odd.class);
        }
        assertThat(UpstreamReply.read(ByteBuffer.wrap(whole), QUERY)).isInstanceOf(Arrival.Ours.class);
    }

    @Test
    void spoiledOctetsNeverThrow() throws IOException {
        byte[] whole = rich();
        Random random = new Random(20_261_101);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] spoiled = whole.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                spoiled[2 + random.nextInt(spoiled.length - 2)] = (byte) random.nextInt(256);
            }
            matched += UpstreamReply.read(ByteBuffer.wrap(spoiled), QUERY) instanceof Arrival.Ours ? 1 : 0;
        }
        assertThat(matched).as("some were still lawful").isPositive();
    }

    @Test
    @DisplayName("CVE-2026-96405: a chain of pointers that many names share is given up, not followed each time")
    void sharedPointerChainIsGivenUp() {
        ByteBuffer message = ByteBuffer.allocate(60_000);
        message.put((byte) 0); // the root name, at 0
        for (int at = 1; at < 16_000; at += 2) {
            message.putShort((short) (0xC000 | Math.max(0, at - 2)));
        }
        int names = 0;
        while (message.remaining() >= 2) {
            message.putShort((short) (0xC000 | 15_999));
            names++;
        }
        MessageCursor cursor = new MessageCursor(message.flip());
        int wanted = names;
        assertThatThrownBy(() -> {
                    cursor.skip(16_001);
                    for (int i = 0; i < wanted; i++) {
                        cursor.name();
                    }
                })
                .isInstanceOf(MalformedReply.class)
                .hasMessageContaining("too many compression pointers");
    }
}
