package dev.waypost.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Messages of whatever octets: nothing is thrown, and what is said keeps to the rules. */
class MessageFuzzTest {
    private final WireProbe probe = WireProbe.imaging(
                    64,
                    query -> query.qtype() == Type.A
                            ? Response.answer(
                                    Freshness.always(),
                                    WireRecords.addresses("www.example.", 2).withOwner(query.qname()))
                            : Response.failure(Rcode.NXDOMAIN))
            .under(WirePolicy.OPEN.withCookies(ServerCookies.of(CookieSecrets.rolling())));

    @FuzzTest(maxDuration = "60s")
    void everyMessageIsMetByTheRules(byte[] octets) {
        LawfulReply.check(octets, probe.udp(octets));
        LawfulReply.check(octets, probe.tcp(octets));
    }
}
