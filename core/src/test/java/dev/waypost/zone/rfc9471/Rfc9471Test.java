package dev.waypost.zone.rfc9471;

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

@DisplayName("RFC 9471: glue")
class Rfc9471Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "a NS ns1.a",
            "a NS ns2.b",
            "a NS ns.wild",
            "a NS host",
            "a NS ns.example.net.",
            "ns1.a A 192.0.2.1",
            "ns1.a AAAA 2001:db8::1",
            "deep.ns1.a A 192.0.2.9",
            "b NS ns2.b",
            "ns2.b A 192.0.2.2",
            "*.wild A 192.0.2.3",
            "host A 192.0.2.4");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 2: in-domain and sibling glue, and the zone's own addresses, all of it")
    void everyAddressTheZoneHoldsGoesAlong() {
        ask("www.a.example.org", Type.A)
                .isReferralTo("a.example.org.")
                .hasAdditional(
                        "ns1.a.example.org. 300 A 192.0.2.1",
                        "ns1.a.example.org. 300 AAAA 2001:db8::1",
                        "ns2.b.example.org. 300 A 192.0.2.2",
                        "ns.wild.example.org. 300 A 192.0.2.3",
                        "host.example.org. 300 A 192.0.2.4");
    }

    @Test
    @DisplayName("RFC 1034 section 4.2.1: glue is no answer, not even to a question for it")
    void glueIsNoAnswer() {
        ask("ns1.a.example.org", Type.A).isReferralTo("a.example.org.");
    }
}
