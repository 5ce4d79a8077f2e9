package dev.waypost.wire.rfc3597;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Every type through our writer and dnsjava's reader, which is no code of ours. */
class CompressionTest {
    /** RFC 3597 section 4: the types of RFC 1035 with names in them. */
    private static final List<Integer> COMPRESSED = List.of(
            Type.NS, Type.MD, Type.MF, Type.CNAME, Type.SOA, Type.MB, Type.MG, Type.MR, Type.PTR, Type.MINFO, Type.MX);

    static List<RecordSet> everyType() {
        return WireRecords.ofEveryType("www.example.");
    }

    @ParameterizedTest
    @MethodSource("everyType")
    @DisplayName("RFC 3597 section 4: names in RDATA are compressed in the types of RFC 1035 and in no others")
    void onlyOldTypesAreCompressed(RecordSet set) {
        byte[] reply = reply(set);

        Record read = WireProbe.parsed(reply).getSection(Section.ANSWER).get(0);

        assertThat(RecordSet.of(read)).isEqualTo(set);
        int verbatim = 12 + 17 + 12 + set.rdataLength(0);
        if (COMPRESSED.contains(set.type())) {
            assertThat(reply.length).isLessThan(verbatim);
        } else {
            assertThat(reply).hasSize(verbatim);
            assertThat(Arrays.copyOfRange(reply, verbatim - set.rdataLength(0), verbatim))
                    .isEqualTo(set.rdata(0));
        }
    }

    @Test
    @DisplayName(
            "RFC 1035 section 4.1.4: a message of every type, three owners and three sections reads as it was meant")
    void messageOfEveryTypeReadsAsItWasMeant() {
        Response response = Response.answer(Freshness.never(), everyType().toArray(new RecordSet[0]))
                .withAuthority(WireRecords.ofEveryType("Other.Example."))
                .withAdditional(WireRecords.ofEveryType("deep.under.the.www.example."));

        Message reply = WireProbe.over(query -> response)
                .tcpMessage(
                        WireMessages.query("www.example.", Type.ANY).opt(1232).bytes());

        assertThat(sets(reply, Section.ANSWER)).isEqualTo(response.answer());
        assertThat(sets(reply, Section.AUTHORITY)).isEqualTo(response.authority());
        assertThat(sets(reply, Section.ADDITIONAL)).isEqualTo(response.additional());
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.4: what we write is no longer than what dnsjava writes")
    void replyIsNoLongerThanDnsjavas() {
        RecordSet mail = WireRecords.set(
                "www.example.", Type.MX, 30, "10 a.mail.example.", "20 b.mail.example.", "30 c.other.mail.example.");
        RecordSet soa = WireRecords.set("example.", Type.SOA, 30, "ns.example. root.ns.example. 1 2 3 4 5");
        Response response = Response.answer(Freshness.never(), mail)
                .withAuthority(List.of(soa))
                .withAdditional(List.of(WireRecords.addresses("a.mail.example.", 4)));

        byte[] reply = WireProbe.over(query -> response)
                .udp(WireMessages.query("www.example.", Type.MX).bytes());

        assertThat(reply.length).isLessThanOrEqualTo(WireProbe.parsed(reply).toWire().length);
    }

    @Test
    @DisplayName(
            "RFC 1035 section 4.1.4: owners that are the question's name are pointers to it, in the client's spelling")
    void ownersFollowTheQuestionsSpelling() {
        byte[] reply = WireProbe.over(
                        query -> Response.answer(Freshness.never(), WireRecords.addresses("www.example.", 2)))
                .udp(WireMessages.query("WWW.eXample.", Type.A).bytes());

        assertThat(reply).hasSize(12 + 17 + 2 * 16);
        for (Record each : WireProbe.parsed(reply).getSection(Section.ANSWER)) {
            assertThat(each.getName()).hasToString("WWW.eXample.");
        }
    }

    @Test
    @DisplayName("RFC 4343 section 4.1: a name in RDATA keeps its spelling up to what it shares with a name before it")
    void spellingOfRdataIsKeptUpToTheSharedSuffix() {
        RecordSet alias = WireRecords.set("www.example.", Type.CNAME, 30, "Target.Elsewhere.Example.");

        byte[] reply = WireProbe.over(query -> Response.answer(Freshness.never(), alias))
                .udp(WireMessages.query("www.exaMPLE.", Type.A).bytes());

        assertThat(WireProbe.parsed(reply).getSection(Section.ANSWER).get(0).rdataToString())
                .isEqualTo("Target.Elsewhere.exaMPLE.");
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.4: nothing points behind the 14 bits of a pointer")
    void pointersStayBelow0x4000() {
        List<RecordSet> sets = new ArrayList<>();
        sets.add(WireRecords.texts("www.example.", 70)); // past 0x4000
        for (int i = 0; i < 50; i++) {
            String owner = "host" + i + ".behind.elsewhere.";
            sets.add(WireRecords.addresses(owner, 2));
            sets.add(WireRecords.set("mx" + i + ".www.example.", Type.MX, 30, "1 " + owner, "2 " + owner));
        }
        Response response = Response.answer(Freshness.never(), sets.toArray(new RecordSet[0]));

        Message reply = WireProbe.over(query -> response)
                .tcpMessage(WireMessages.query("www.example.", Type.ANY).bytes());

        assertThat(sets(reply, Section.ANSWER)).isEqualTo(sets);
    }

    @Test
    @DisplayName("RFC 1035 section 4.1.4: more names than the compressor remembers are still names")
    void namesBeyondTheTableAreWritten() {
        String[] targets = new String[2500];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = "n" + i + ".l" + i % 7 + ".example.";
        }
        RecordSet set = WireRecords.set("www.example.", Type.NS, 30, targets);

        Message reply = WireProbe.over(query -> Response.answer(Freshness.never(), set))
                .tcpMessage(WireMessages.query("www.example.", Type.NS).bytes());

        assertThat(sets(reply, Section.ANSWER)).containsExactly(set);
        assertThat(reply.numBytes()).isLessThan(2500 * 24);
    }

    @Test
    @DisplayName("RFC 2181 section 9: a set that was taken back leaves no suffix to point to")
    void setsTakenBackAreForgotten() {
        String[] servers = new String[60];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = "s" + i + ".left.out.";
        }
        RecordSet kept = WireRecords.set("www.example.", Type.CNAME, 30, "s1.left.out.");
        Response response = Response.answer(
                        Freshness.never(), WireRecords.set("www.example.", Type.CNAME, 30, "x.example."))
                .withAuthority(List.of(WireRecords.set("example.", Type.NS, 30, servers), kept));

        Message reply = WireProbe.over(query -> response)
                .udpMessage(WireMessages.query("www.example.", Type.A).bytes());

        assertThat(sets(reply, Section.AUTHORITY)).containsExactly(kept);
    }

    @Test
    @DisplayName("RFC 1035 section 3.3: RDATA that is not what its type wants is copied as it is")
    void brokenRdataIsCopied() {
        for (byte[] rdata : List.of(new byte[0], new byte[] {63}, new byte[] {(byte) 0xC0, 12}, new byte[1000])) {
            for (int type : COMPRESSED) {
                RecordSet set = RecordSet.ofRdata(Name.fromConstantString("www.example."), type, 30, List.of(rdata));
                assertThat(reply(set)).hasSizeBetween(29 + 12, 29 + 12 + 1000).endsWith(rdata);
            }
        }
    }

    private static byte[] reply(RecordSet set) {
        return WireProbe.over(query -> Response.answer(Freshness.never(), set).withRcode(Rcode.NOERROR))
                .tcp(WireMessages.query("www.example.", set.type()).bytes());
    }

    /** The RRsets of a section in their order, OPT aside. */
    private static List<RecordSet> sets(Message message, int section) {
        Map<List<Object>, List<Record>> sets = new LinkedHashMap<>();
        for (Record each : message.getSection(section)) {
            if (each.getType() != Type.OPT) {
                sets.computeIfAbsent(List.of(each.getName(), each.getType()), key -> new ArrayList<>())
                        .add(each);
            }
        }
        return sets.values().stream().map(RecordSet::of).collect(Collectors.toList());
    }
}
