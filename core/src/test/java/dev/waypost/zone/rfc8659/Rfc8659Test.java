package dev.waypost.zone.rfc8659;

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

@DisplayName("RFC 8659: CAA")
class Rfc8659Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "@ CAA 0 issue \"ca.example.net; policy=ev\"",
            "@ CAA 128 iodef \"mailto:security@example.org\"",
            "@ CAA 0 issuewild \";\"",
            "alias CNAME www.example.net.");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 4.1: critical or not, known tag or not, as loaded")
    void propertiesAreServedAsLoaded() {
        ask("example.org", Type.CAA)
                .answers(
                        "example.org. 300 CAA 0 issue \"ca.example.net; policy=ev\"",
                        "example.org. 300 CAA 128 iodef \"mailto:security@example.org\"",
                        "example.org. 300 CAA 0 issuewild \";\"");
    }

    @Test
    @DisplayName("Section 3: climbing the tree is the client's work; a name without CAA is NODATA")
    void treeIsNotClimbed() {
        ask("www.example.org", Type.CAA).isNxDomain();
        ask("alias.example.org", Type.CAA).answers("alias.example.org. 300 CNAME www.example.net.");
    }
}
