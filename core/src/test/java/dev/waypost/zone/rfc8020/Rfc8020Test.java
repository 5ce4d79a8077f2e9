package dev.waypost.zone.rfc8020;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.testing.Zones;
import dev.waypost.zone.StaticZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

@DisplayName("RFC 8020: there is nothing below a name that does not exist")
class Rfc8020Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org", "_sip._tcp.deep.office SRV 0 0 5060 pbx", "pbx A 192.0.2.5", "*.wild.park A 192.0.2.6");

    @ParameterizedTest
    @ValueSource(strings = {"_tcp.deep.office", "deep.office", "office", "wild.park", "park"})
    @DisplayName("Section 2: empty non-terminals exist")
    void emptyNonTerminalsExist(String relative) {
        assertThat(ZONE.find(Zones.name(relative + ".example.org"), Type.A)).isNoData();
        assertThat(ZONE.find(Zones.name(relative + ".example.org"), Type.ANY)).isNoData();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "below.nothing", "x.deep.office", "y.x.deep.office", "x.park", "below.pbx"})
    @DisplayName("Section 2: an absent name is absent with all below it")
    void absentNamesAreAbsentWithAllBelow(String relative) {
        assertThat(ZONE.find(Zones.name(relative + ".example.org"), Type.A)).isNxDomain();
    }
}
