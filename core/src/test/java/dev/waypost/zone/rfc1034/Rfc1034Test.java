package dev.waypost.zone.rfc1034;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("RFC 1034 section 4.3.2: the algorithm of a name server")
class Rfc1034Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "www A 192.0.2.1",
            "www A 192.0.2.2",
            "www AAAA 2001:db8::1",
            "@ MX 10 mail",
            "mail A 192.0.2.25",
            "ns A 192.0.2.53",
            "alias CNAME www",
            "two CNAME alias",
            "self CNAME self",
            "tick CNAME tock",
            "tock CNAME tick",
            "dangling CNAME nowhere",
            "tosub CNAME host.sub",
            "sub NS ns1.sub",
            "sub NS ns.other",
            "sub NS ns.example.net.",
            "sub DS 12345 13 2 " + "AB".repeat(32),
            "ns1.sub A 192.0.2.101",
            "ns1.sub AAAA 2001:db8::101",
            "other NS ns.other",
            "ns.other A 192.0.2.102",
            "deep.cut.sub TXT \"occluded\"",
            "srv SRV 0 0 80 www",
            "srvsub SRV 0 0 80 ns1.sub");

    private static AuthoritativeResolver resolver() {
        return new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
    }

    private static ResponseAssert ask(String qname, int qtype) {
        return assertThat(resolver().resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Step 2: a name outside of the zone falls through, by labels and not by letters")
    void outsideFallsThrough() {
        assertFallsThrough(resolver().resolve(Query.of(Zones.name("org"), Type.A)));
        assertFallsThrough(resolver().resolve(Query.of(Zones.name("www.example.net"), Type.A)));
        assertFallsThrough(resolver().resolve(Query.of(Zones.name("notexample.org"), Type.A)));
    }

    @Test
    @DisplayName("Step 3a: records of the name and type, in the question's spelling")
    void recordsAreFound() {
        ask("WwW.example.org", Type.A)
                .isAuthoritative()
                .answers("WwW.example.org. 300 A 192.0.2.1", "WwW.example.org. 300 A 192.0.2.2")
                .hasAuthority()
                .holds();
    }

    @Test
    @DisplayName("Step 3a: an alias is followed, one after the other")
    void aliasesAreFollowed() {
        ask("two.example.org", Type.AAAA)
                .answers(
                        "two.example.org. 300 CNAME alias.example.org.",
                        "alias.example.org. 300 CNAME www.example.org.",
                        "www.example.org. 300 AAAA 2001:db8::1");
    }

    @Test
    @DisplayName("Step 3a: an alias that was asked for is not followed")
    void aliasAskedForIsNotFollowed() {
        ask("two.example.org", Type.CNAME).answers("two.example.org. 300 CNAME alias.example.org.");
        ask("two.example.org", Type.ANY).answers("two.example.org. 300 CNAME alias.example.org.");
    }

    @ParameterizedTest
    @CsvSource({
        "self.example.org., self.example.org. 300 CNAME self.example.org.",
        "tick.example.org., tick.example.org. 300 CNAME tock.example.org.|tock.example.org. 300 CNAME tick.example.org.",
    })
    @DisplayName("Step 3a: a loop ends with each record once")
    void loopsEnd(String qname, String records) {
        ask(qname, Type.A).answers(records.split("\\|"));
    }

    @Test
    @DisplayName("Step 3a: an alias to an existing name without the type is NODATA with the alias")
    void aliasToNoData() {
        ask("alias.example.org", Type.TXT)
                .answers("alias.example.org. 300 CNAME www.example.org.")
                .hasSoa("example.org.", 60);
    }

    @ParameterizedTest
    @CsvSource({"sub, A", "sub, NS", "sub, ANY", "host.sub, A", "ns1.sub, A", "deep.cut.sub, TXT", "cut.sub, DS"})
    @DisplayName("Step 3b: at and below a zone cut there is a referral, occluded data or not")
    void cutsRefer(String relative, String qtype) {
        ask(relative + ".example.org", Type.value(qtype)).isReferralTo("sub.example.org.");
    }

    @Test
    @DisplayName("Step 3b: in-domain and sibling glue goes with the referral")
    void glueGoesWithTheReferral() {
        ask("host.sub.example.org", Type.A)
                .hasAuthority(
                        "sub.example.org. 300 NS ns1.sub.example.org.",
                        "sub.example.org. 300 NS ns.other.example.org.",
                        "sub.example.org. 300 NS ns.example.net.")
                .hasAdditional(
                        "ns1.sub.example.org. 300 A 192.0.2.101",
                        "ns1.sub.example.org. 300 AAAA 2001:db8::101",
                        "ns.other.example.org. 300 A 192.0.2.102");
    }

    @Test
    @DisplayName("RFC 4035 section 3.1.4.1: DS is answered by the parent, also where there is none")
    void dsIsTheParents() {
        ask("sub.example.org", Type.DS)
                .isAuthoritative()
                .answers("sub.example.org. 300 DS 12345 13 2 " + "AB".repeat(32));
        ask("other.example.org", Type.DS).isAuthoritative().isNoData();
        ask("example.org", Type.DS).isAuthoritative().isNoData();
    }

    @Test
    @DisplayName("Step 3b: an alias that leads below a cut ends in the referral")
    void aliasIntoDelegation() {
        ask("tosub.example.org", Type.A)
                .isAuthoritative()
                .answers("tosub.example.org. 300 CNAME host.sub.example.org.")
                .hasAdditional(
                        "ns1.sub.example.org. 300 A 192.0.2.101",
                        "ns1.sub.example.org. 300 AAAA 2001:db8::101",
                        "ns.other.example.org. 300 A 192.0.2.102");
    }

    @Test
    @DisplayName("Step 3c: no name, no wildcard: NXDOMAIN")
    void missingIsNxDomain() {
        ask("nope.example.org", Type.A).isAuthoritative().isNxDomain().holds();
        ask("below.www.example.org", Type.A).isNxDomain();
    }

    @Test
    @DisplayName("Step 6: addresses of MX, SRV and NS targets, but none that are the child's")
    void additionalAddresses() {
        ask("example.org", Type.MX).hasAdditional("mail.example.org. 300 A 192.0.2.25");
        ask("example.org", Type.NS).hasAdditional("ns.example.org. 300 A 192.0.2.53");
        ask("srv.example.org", Type.SRV)
                .hasAdditional(
                        "www.example.org. 300 A 192.0.2.1",
                        "www.example.org. 300 A 192.0.2.2",
                        "www.example.org. 300 AAAA 2001:db8::1");
        ask("srvsub.example.org", Type.SRV).hasAdditional();
    }

    @Test
    @DisplayName("RFC 8482 section 4.1: ANY is answered with one RRset")
    void anyIsOneRrset() {
        ask("www.example.org", Type.ANY)
                .answers("www.example.org. 300 A 192.0.2.1", "www.example.org. 300 A 192.0.2.2");
    }

    @Test
    @DisplayName("RFC 6895 section 3.1: types the zone cannot hold are NODATA")
    void metaTypesAreNoData() {
        for (int qtype : new int[] {0, Type.OPT, Type.TKEY, Type.TSIG, 253, 254, 65535}) {
            ask("www.example.org", qtype).hasRcode(Rcode.NOERROR).isNoData();
        }
    }
}
