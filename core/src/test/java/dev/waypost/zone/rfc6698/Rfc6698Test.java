package dev.waypost.zone.rfc6698;

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

@DisplayName("RFC 6698: TLSA")
class Rfc6698Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org", "_443._tcp.www TLSA 3 1 1 " + "AB".repeat(32), "_443._tcp.alias CNAME _443._tcp.www");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 2.1 and appendix A.2.1: associations are served as loaded, behind an alias too")
    void associationsAreServedAsLoaded() {
        String rdata = "3 1 1 " + "AB".repeat(32);
        ask("_443._tcp.www.example.org", Type.TLSA).answers("_443._tcp.www.example.org. 300 TLSA " + rdata);
        ask("_443._tcp.alias.example.org", Type.TLSA)
                .answers(
                        "_443._tcp.alias.example.org. 300 CNAME _443._tcp.www.example.org.",
                        "_443._tcp.www.example.org. 300 TLSA " + rdata);
    }

    @Test
    @DisplayName("Section 3: the names of port and protocol exist by themselves")
    void namesOnTheWayExist() {
        ask("_tcp.www.example.org", Type.TLSA).isNoData();
        ask("_25._tcp.www.example.org", Type.TLSA).isNxDomain();
    }
}
