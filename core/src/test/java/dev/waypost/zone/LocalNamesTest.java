package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

class LocalNamesTest implements ResolverContract {
    private static final String ONE = "1." + "0.".repeat(31) + "ip6.arpa.";

    @Override
    public Resolver resolver() {
        return new LocalNames(true);
    }

    @Override
    public Query answerable() {
        return asking("localhost", Type.A);
    }

    private static Query asking(String qname, int qtype) {
        return Query.of(Zones.name(qname), qtype);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "LOCALHOST.", "www.localhost.", "a.b.localhost.", "localhost.localhost."})
    @DisplayName("RFC 6761 section 6.3: localhost and all below it are the loopback addresses")
    void localhostIsTheLoopbackAddress(String qname) {
        assertThat(resolver().resolve(asking(qname, Type.A)))
                .answers(qname + " 604800 A 127.0.0.1")
                .isAuthoritative()
                .holds();
        assertThat(resolver().resolve(asking(qname, Type.AAAA))).answers(qname + " 604800 AAAA ::1");
        assertThat(resolver().resolve(asking(qname, Type.MX))).isNoData().hasSoa("localhost.", 604_800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "0.in-addr.arpa.", "127.in-addr.arpa.", "255.in-addr.arpa."})
    void everyZoneHasAnApex(String zone) {
        assertThat(resolver().resolve(asking(zone, Type.SOA)))
                .answers(zone + " 604800 SOA localhost. root.localhost. 1 0 0 0 604800");
        assertThat(resolver().resolve(asking(zone, Type.NS))).answers(zone + " 604800 NS localhost.");
    }

    @Test
    @DisplayName("RFC 6303 sections 4.3 and 4.4: the loopback addresses lead back to localhost")
    void loopbackAddressesLeadBack() {
        assertThat(resolver().resolve(asking("1.0.0.127.in-addr.arpa", Type.PTR)))
                .answers("1.0.0.127.in-addr.arpa. 604800 PTR localhost.");
        assertThat(resolver().resolve(asking(ONE, Type.PTR))).answers(ONE + " 604800 PTR localhost.");
        assertThat(resolver().resolve(asking("1.0.0.127.in-addr.arpa", Type.A))).isNoData();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0.0.in-addr.arpa, 0.in-addr.arpa.",
        "2.0.0.127.in-addr.arpa, 127.in-addr.arpa.",
        "255.255.255.255.in-addr.arpa, 255.in-addr.arpa."
    })
    void theRestIsEmpty(String qname, String zone) {
        assertThat(resolver().resolve(asking(qname, Type.PTR))).isNxDomain().hasSoa(zone, 604_800);
    }

    @Test
    void whatASearchListMakesOfLocalhostIsLocalToo() {
        assertThat(resolver().resolve(asking("LocalHost.example.org", Type.A)))
                .answers("LocalHost.example.org. 604800 A 127.0.0.1");
        assertThat(resolver().resolve(asking("localhost.example.org", Type.TXT)))
                .isNoData()
                .hasSoa("localhost.example.org.", 604_800);
        assertFallsThrough(new LocalNames(false).resolve(asking("localhost.example.org", Type.A)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "mylocalhost", "www.localhost.example.org", "1.in-addr.arpa", "127.arpa"})
    void otherNamesFallThrough(String qname) {
        assertFallsThrough(resolver().resolve(asking(qname, Type.A)));
    }
}
