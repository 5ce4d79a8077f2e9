package dev.waypost.zone.rfc2308;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("RFC 2308: negative answers")
class Rfc2308Test {
    private static ResponseAssert ask(long soaTtl, long minimum, String qname, int qtype) {
        AuthoritativeResolver resolver = new AuthoritativeResolver(
                Zones.zone(
                        "example.org",
                        "@ " + soaTtl + " SOA ns hostmaster 1 7200 1800 86400 " + minimum,
                        "www A 192.0.2.1",
                        "dangling CNAME nowhere"),
                FallthroughZones.NONE,
                query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @ParameterizedTest(name = "SOA TTL {0}, MINIMUM {1}: {2}")
    @CsvSource({
        "3600, 60, 60",
        "60, 3600, 60",
        "300, 300, 300",
        "0, 60, 0",
        "3600, 0, 0",
        "3600, 2147483647, 3600",
        "3600, 2147483648, 3600", // no sign: as NSD, Knot and BIND take it
        "3600, 4294967295, 3600",
    })
    @DisplayName("Sections 3 and 5: the SOA has the lesser of its TTL and its MINIMUM")
    void soaHasTheLesserTtl(long soaTtl, long minimum, int wanted) {
        ask(soaTtl, minimum, "www.example.org", Type.AAAA).isNoData().hasSoa("example.org.", wanted);
        ask(soaTtl, minimum, "none.example.org", Type.A).isNxDomain().hasSoa("example.org.", wanted);
    }

    @Test
    @DisplayName("Section 3: a SOA that was asked for keeps its own TTL")
    void soaAskedForKeepsItsTtl() {
        ask(3600, 60, "example.org", Type.SOA)
                .answers("example.org. 3600 SOA ns.example.org. hostmaster.example.org. 1 7200 1800 86400 60")
                .hasAuthority();
    }

    @Test
    @DisplayName("Section 2.1: a chain that ends in nothing is NXDOMAIN with the alias and the SOA")
    void danglingAliasHasTheSoa() {
        ask(3600, 60, "dangling.example.org", Type.A)
                .hasRcode(Rcode.NXDOMAIN)
                .hasAnswer("dangling.example.org. 300 CNAME nowhere.example.org.")
                .hasSoa("example.org.", 60);
    }
}
