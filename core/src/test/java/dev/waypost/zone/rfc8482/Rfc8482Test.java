package dev.waypost.zone.rfc8482;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("RFC 8482: ANY")
class Rfc8482Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "www A 192.0.2.1",
            "www A 192.0.2.2",
            "www TXT here",
            "*.wild MX 10 www",
            "*.wild TXT here",
            "alias CNAME www",
            "leaf.ent TXT here",
            "sub NS ns.example.net.");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 4.1: one whole RRset of the name is the answer")
    void oneRrsetIsTheAnswer() {
        ask("www.example.org", Type.ANY)
                .isAuthoritative()
                .answers("www.example.org. 300 A 192.0.2.1", "www.example.org. 300 A 192.0.2.2");
        ask("a.wild.example.org", Type.ANY).answers("a.wild.example.org. 300 MX 10 www.example.org.");
    }

    @Test
    @DisplayName("Section 4.1: an alias is what stands at the name, and is not followed")
    void aliasIsTheAnswer() {
        ask("alias.example.org", Type.ANY).answers("alias.example.org. 300 CNAME www.example.org.");
    }

    @Test
    @DisplayName("Section 4: where there is nothing, ANY is answered as other types are")
    void nothingIsNothing() {
        ask("ent.example.org", Type.ANY).isNoData();
        ask("none.example.org", Type.ANY).isNxDomain();
        ask("sub.example.org", Type.ANY).isReferralTo("sub.example.org.");
    }
}
