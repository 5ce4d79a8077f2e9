package dev.waypost.wire.rfc9471;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class GlueTest {
    private static final RecordSet CUT =
            WireRecords.set("child.example.", Type.NS, 300, "ns1.child.example.", "ns2.sibling.example.");

    @Test
    @DisplayName("RFC 9471 section 3.1: in-domain glue that does not fit sets TC")
    void inDomainGlueThatDoesNotFitSetsTc() {
        Message reply = referral(WireRecords.addresses("ns1.child.example.", 40));

        assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(reply.getSection(Section.AUTHORITY)).hasSize(2);
    }

    @Test
    @DisplayName("RFC 9471 section 3.2: sibling glue that does not fit is left out silently")
    void siblingGlueThatDoesNotFitIsLeftOut() {
        Message reply = referral(
                WireRecords.addresses("ns2.sibling.example.", 40), WireRecords.addresses("ns1.child.example.", 2));

        assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(2);
    }

    @Test
    @DisplayName("RFC 2181 section 9: a referral whose NS records do not fit has TC")
    void delegationThatDoesNotFitSetsTc() {
        String[] servers = new String[60];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = "ns" + i + ".child.example.";
        }
        RecordSet cut = WireRecords.set("child.example.", Type.NS, 300, servers);

        Message reply = reply(Response.empty(Rcode.NOERROR, Freshness.never()).withAuthority(List.of(cut)));

        assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
    }

    private static Message referral(RecordSet... glue) {
        return reply(Response.empty(Rcode.NOERROR, Freshness.never())
                .withAuthority(List.of(CUT))
                .withAdditional(List.of(glue)));
    }

    private static Message reply(Response response) {
        return WireProbe.over(query -> response)
                .udpMessage(WireMessages.query("www.child.example.", Type.A).bytes());
    }
}
