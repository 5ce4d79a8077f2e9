package dev.waypost.zone.rfc3597;

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

@DisplayName("RFC 3597: unknown types")
class Rfc3597Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "odd TYPE65280 \\# 3 ABCDEF",
            "odd TYPE65280 \\# 3 ( AB CD",
            "        EE )",
            "odd TYPE65281 \\# 0",
            "odd A \\# 4 C0000201",
            "odd TYPE28 \\# 16 20010DB8000000000000000000000001",
            "odd CLASS1 TYPE16 \"known type, unknown spelling\"",
            "*.odd TYPE65280 \\# 1 00",
            "at MX \\# 15 000A 03777777 076578616D706C65 00");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 5: generic types with generic RDATA are served as loaded, empty RDATA too")
    void unknownTypesAreServed() {
        ask("odd.example.org", 65280)
                .answers("odd.example.org. 300 TYPE65280 \\# 3 ABCDEF", "odd.example.org. 300 TYPE65280 \\# 3 ABCDEE");
        ask("odd.example.org", 65281).answers("odd.example.org. 300 TYPE65281 \\# 0 ");
        ask("odd.example.org", 65282).isNoData();
        ask("x.odd.example.org", 65280).answers("x.odd.example.org. 300 TYPE65280 \\# 1 00");
    }

    @Test
    @DisplayName("Section 5: known types may be written generically, and are what they are")
    void knownTypesInGenericForm() {
        ask("odd.example.org", Type.A).answers("odd.example.org. 300 A 192.0.2.1");
        ask("odd.example.org", Type.AAAA).answers("odd.example.org. 300 AAAA 2001:db8::1");
        ask("odd.example.org", Type.TXT).answers("odd.example.org. 300 TXT \"known type, unknown spelling\"");
        ask("at.example.org", Type.MX).answers("at.example.org. 300 MX 10 www.example.");
    }
}
