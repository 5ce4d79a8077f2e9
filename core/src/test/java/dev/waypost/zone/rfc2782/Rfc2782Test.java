package dev.waypost.zone.rfc2782;

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

@DisplayName("RFC 2782: SRV")
class Rfc2782Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "_http._tcp SRV 1 0 80 one",
            "_http._tcp SRV 2 0 80 two.wild",
            "_http._tcp SRV 3 0 80 alias",
            "_http._tcp SRV 4 0 80 ns.sub",
            "_http._tcp SRV 5 0 80 www.example.net.",
            "_http._tcp SRV 6 0 81 one",
            "_none._tcp SRV 0 0 0 .",
            "one A 192.0.2.1",
            "one AAAA 2001:db8::1",
            "*.wild A 192.0.2.2",
            "alias CNAME one",
            "sub NS ns.sub",
            "ns.sub A 192.0.2.53");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName(
            "Additional records are the targets' addresses, each once: of this zone, of wildcards, not of aliases or cuts")
    void addressesOfTargetsGoAlong() {
        ask("_http._tcp.example.org", Type.SRV)
                .hasAdditional(
                        "one.example.org. 300 A 192.0.2.1",
                        "one.example.org. 300 AAAA 2001:db8::1",
                        "two.wild.example.org. 300 A 192.0.2.2");
    }

    @Test
    @DisplayName("The target \".\" says that there is no such service")
    void rootTargetHasNoAddresses() {
        ask("_none._tcp.example.org", Type.SRV)
                .answers("_none._tcp.example.org. 300 SRV 0 0 0 .")
                .hasAdditional();
    }
}
