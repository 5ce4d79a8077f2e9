package dev.waypost.forwarding.message;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What of a matching reply is taken. */
class BeliefTest {
    private static final String SOA = "example. 900 SOA ns.example. hostmaster.example. 1 7200 1800 86400 60";

    private static Response believed(Query query, UnaryOperator<Message> reply) {
        Question question = Question.of(query);
        try {
            UpstreamQuery asked = Questions.upstream(question, 7);
            ReceivedQuery received = new ReceivedQuery(new Message(asked.message()), 0, false);
            byte[] wire = reply.apply(Replies.reply(received, Rcode.NOERROR)).toWire();
            if (UpstreamReply.read(ByteBuffer.wrap(wire), asked) instanceof Arrival.Ours ours) {
                return ours.reply().response();
            }
            throw new AssertionError("passed over");
        } catch (java.io.IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Response answered(String... records) {
        return believed(Questions.a("www.example."), reply -> Replies.with(reply, Section.ANSWER, records));
    }

    private static UnaryOperator<Message> denying(int rcode, String... authority) {
        return reply -> {
            reply.getHeader().setRcode(rcode);
            return Replies.with(reply, Section.AUTHORITY, authority);
        };
    }

    @Test
    @DisplayName("CVE-2024-25638: records of other owners are not taken from ANSWER")
    void otherOwnersAreNotBelieved() {
        assertThat(answered(
                        "www.example. 300 A 192.0.2.1",
                        "bank.example. 300 A 203.0.113.66",
                        "www.example. 300 TXT \"smuggled\""))
                .answers("www.example. 300 A 192.0.2.1");
    }

    @Test
    @DisplayName("CVE-2025-11411: NS in AUTHORITY and addresses in ADDITIONAL are not taken")
    void authorityAndAdditionalAreNotBelieved() {
        Response response = believed(Questions.a("www.example."), reply -> {
            Replies.with(reply, Section.ANSWER, "www.example. 300 A 192.0.2.1");
            Replies.with(reply, Section.AUTHORITY, "example. 300 NS ns.attacker.example.", SOA);
            return Replies.with(reply, Section.ADDITIONAL, "ns.attacker.example. 300 A 203.0.113.66");
        });
        assertThat(response)
                .answers("www.example. 300 A 192.0.2.1")
                .hasAuthority()
                .hasAdditional();
    }

    @Test
    void aliasesAreFollowedToTheAskedType() {
        assertThat(answered(
                        "b.example. 200 CNAME c.example.",
                        "www.example. 100 CNAME b.example.",
                        "c.example. 300 A 192.0.2.1",
                        "d.example. 300 A 203.0.113.66"))
                .answers(
                        "www.example. 100 CNAME b.example.",
                        "b.example. 200 CNAME c.example.",
                        "c.example. 300 A 192.0.2.1");
    }

    @Test
    @DisplayName("CVE-2020-12662: an alias loop ends with each record once")
    void aliasLoopEnds() {
        assertThat(answered("www.example. 100 CNAME b.example.", "b.example. 100 CNAME www.example."))
                .answers("www.example. 100 CNAME b.example.", "b.example. 100 CNAME www.example.");
    }

    @Test
    @DisplayName("CVE-2020-12662: no more than eleven aliases are taken, and none is chased")
    void longAliasChainIsCut() {
        List<String> chain = new ArrayList<>();
        chain.add("www.example. 1 CNAME n0.example.");
        for (int i = 0; i < 30; i++) {
            chain.add("n" + i + ".example. 1 CNAME n" + (i + 1) + ".example.");
        }
        assertThat(answered(chain.toArray(String[]::new)).answer()).hasSize(Query.MAX_ALIASES + 1);
    }

    @Test
    @DisplayName("RFC 6672 section 3.1: the alias beside a DNAME is made from it, whatever the upstream says")
    void dnameMakesItsOwnAlias() {
        Response response = believed(
                Questions.a("www.old.example."),
                reply -> Replies.with(
                        reply,
                        Section.ANSWER,
                        "old.example. 600 DNAME new.example.",
                        "www.old.example. 600 CNAME attacker.example.",
                        "www.new.example. 300 A 192.0.2.1",
                        "attacker.example. 300 A 203.0.113.66"));
        assertThat(response)
                .answers(
                        "old.example. 600 DNAME new.example.",
                        "www.old.example. 600 CNAME www.new.example.",
                        "www.new.example. 300 A 192.0.2.1");
    }

    @Test
    void denialHasTheSoaOfAZoneAboveTheName() {
        assertThat(believed(Questions.a("www.example."), denying(Rcode.NXDOMAIN, "example. 300 NS ns.example.", SOA)))
                .isNxDomain()
                .hasSoa("example.", 900);
    }

    @Test
    @DisplayName("RFC 2181 section 5.4.1: an SOA of somebody else's zone is not taken")
    void soaOfAnotherZoneIsNotBelieved() {
        assertThat(believed(
                        Questions.a("www.example."), denying(Rcode.NXDOMAIN, SOA.replaceFirst("example", "attacker"))))
                .hasRcode(Rcode.NXDOMAIN)
                .hasAuthority();
    }

    @Test
    void proofsAreTakenForClientsThatSetDo() {
        UnaryOperator<Message> reply = denying(Rcode.NXDOMAIN, SOA, "a.example. 60 NSEC z.example. A");
        assertThat(believed(Questions.dnssec(Questions.a("www.example.")), reply)
                        .authority())
                .extracting(set -> Type.string(set.type()))
                .containsExactly("SOA", "NSEC");
        assertThat(believed(Questions.a("www.example."), reply).authority())
                .extracting(set -> Type.string(set.type()))
                .containsExactly("SOA");
    }

    @Test
    @DisplayName("RFC 2181 section 8: a TTL with its top bit set is 0, and seven days are the cap")
    void ttlsAreBounded() throws Exception {
        assertThat(WireRecord.read(cursor(0x80000000)))
                .extracting(WireRecord::ttlSeconds)
                .isEqualTo(0L);
        assertThat(WireRecord.read(cursor(-1)))
                .extracting(WireRecord::ttlSeconds)
                .isEqualTo(0L);
        assertThat(WireRecord.read(cursor(0x7FFFFFFF)))
                .extracting(WireRecord::ttlSeconds)
                .isEqualTo(604_800L);
        assertThat(WireRecord.read(cursor(300)))
                .extracting(WireRecord::ttlSeconds)
                .isEqualTo(300L);
    }

    private static MessageCursor cursor(int ttl) {
        ByteBuffer record = ByteBuffer.allocate(15);
        record.put((byte) 0).putShort((short) Type.A).putShort((short) 1).putInt(ttl);
        return new MessageCursor(record.putShort((short) 4).putInt(0xC0000201).flip());
    }

    @Test
    @DisplayName("RFC 2181 section 5: a record said twice is one record, and differing TTLs count as the least")
    void duplicatesAreOneRecord() {
        assertThat(answered(
                        "www.example. 300 A 192.0.2.1", "www.example. 200 A 192.0.2.2", "www.example. 300 A 192.0.2.1"))
                .answers("www.example. 200 A 192.0.2.1", "www.example. 200 A 192.0.2.2");
    }

    @Test
    void recordsOfAnErrorAreNotBelieved() {
        Response response = believed(Questions.a("www.example."), reply -> {
            reply.getHeader().setRcode(Rcode.REFUSED);
            reply.getHeader().setFlag(Flags.AA);
            return Replies.with(reply, Section.ANSWER, "www.example. 300 A 203.0.113.66");
        });
        assertThat(response).hasRcode(Rcode.REFUSED).hasAnswer().isNotAuthoritative();
    }
}
