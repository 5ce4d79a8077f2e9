package dev.waypost.zone.rfc3403;

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

@DisplayName("RFC 3403: NAPTR")
class Rfc3403Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "sip NAPTR 100 10 \"s\" \"SIP+D2U\" \"\" _sip._udp",
            "sip NAPTR 100 20 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.org!\" .",
            "_sip._udp SRV 0 0 5060 host",
            "host A 192.0.2.1");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 4.1: expressions and replacements are served as loaded")
    void rulesAreServedAsLoaded() {
        ask("sip.example.org", Type.NAPTR)
                .answers(
                        "sip.example.org. 300 NAPTR 100 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.org.",
                        "sip.example.org. 300 NAPTR 100 20 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.org!\" .");
    }
}
