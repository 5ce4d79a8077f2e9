package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.RecordSet;
import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Questions that dnsjava's own zone answers wrongly in one version or another: why there is a zone here. */
class DnsjavaZoneRowsTest {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "*.w A 192.0.2.1",
            "*.x A 192.0.2.2",
            "stop.x TXT here",
            "leaf.ent.x TXT here",
            "*.alias CNAME stop.x",
            "sub NS ns.sub",
            "sub DS 12345 13 2 " + "AB".repeat(32),
            "ns.sub A 192.0.2.53",
            "d DNAME target.example.net.",
            "host A 192.0.2.3");

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "w, A, NoData", // an empty non-terminal above a wildcard
        "a.w, A, Found",
        "a.w, MX, NoData", // a wildcard without the type
        "below.stop.x, A, NxDomain", // an existing name stops the wildcard
        "other.ent.x, A, NxDomain", // and so does an empty non-terminal
        "ent.x, A, NoData",
        "b.a.x, A, Found", // more than one label
        "c.b.a.x, A, Found",
        "any.alias, A, Alias", // a wildcard alias
        "any.alias, CNAME, Found",
        "sub, DS, Found", // the parent's
        "sub, A, Referral",
        "www.sub, A, Referral",
        "ns.sub, A, Referral", // occluded
        "a.d, A, Alias", // below a DNAME
        "d, A, NoData",
        "none, A, NxDomain",
    })
    void findingIsTheOneOfTheRfc(String relative, String qtype, String finding) {
        Name qname = Zones.name(relative + ".example.org");
        assertThat(ZONE.find(qname, Type.value(qtype)).getClass().getSimpleName())
                .isEqualTo(finding);
    }

    @Test
    void whatIsFoundIsNoWayToChangeTheZone() {
        Name host = Zones.name("host.example.org");
        RecordSet set = ((Finding.Found) ZONE.find(host, Type.A)).set();
        set.rdata(0)[0] = 1;
        List<Record> records = set.records();
        assertThatThrownBy(() -> records.add(records.get(0))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(ZONE.find(host, Type.A)).found("host.example.org. 300 A 192.0.2.3");
    }
}
