package dev.waypost.zone.rfc4592;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.xbill.DNS.Type;

@DisplayName("RFC 4592: wildcards")
class Rfc4592Test {
    /** The zone of section 2.2.1, as printed there. */
    private static final StaticZone EXAMPLE = Zones.zone(
            "example",
            "$ORIGIN example.",
            "example.                 3600 IN  SOA   ns.example.com. hostmaster.example.com. 1 7200 1800 86400 300",
            "example.                 3600     NS    ns.example.com.",
            "example.                 3600     NS    ns.example.net.",
            "*.example.               3600     TXT   \"this is a wildcard\"",
            "*.example.               3600     MX    10 host1.example.",
            "sub.*.example.           3600     TXT   \"this is not a wildcard\"",
            "host1.example.           3600     A     192.0.2.1",
            "_ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.",
            "_ssh._tcp.host2.example. 3600     SRV   0 0 22 host2.example.",
            "subdel.example.          3600     NS    ns.example.com.",
            "subdel.example.          3600     NS    ns.example.net.");

    private static ResponseAssert ask(StaticZone zone, String qname, String qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(zone, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), Type.value(qtype))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "host3.example.,         MX,  host3.example. 3600 MX 10 host1.example.",
        "foo.bar.example.,       TXT, foo.bar.example. 3600 TXT \"this is a wildcard\"",
        "host3.example.,         TXT, host3.example. 3600 TXT \"this is a wildcard\"",
        "*.example.,             MX,  *.example. 3600 MX 10 host1.example.",
        "sub.*.example.,         TXT, sub.*.example. 3600 TXT \"this is not a wildcard\"",
    })
    @DisplayName("Section 2.2.1: answers, synthesized and not")
    void answers(String qname, String qtype, String record) {
        ask(EXAMPLE, qname, qtype).isAuthoritative().answers(record);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "host3.example.,         A", // the wildcard has no A
        "sub.*.example.,         MX", // exists itself
        "_tcp.host1.example.,    MX", // empty non-terminal
        "host2.example.,         MX", // empty non-terminal
        "host1.example.,         MX", // exists itself
    })
    @DisplayName("Section 2.2.1: NODATA")
    void noData(String qname, String qtype) {
        ask(EXAMPLE, qname, qtype).isAuthoritative().isNoData();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "_telnet._tcp.host1.example., SRV", // closest encloser _tcp.host1 has no wildcard
        "ghost.*.example.,            MX", // closest encloser *.example has no wildcard
        "a.host1.example.,            TXT",
    })
    @DisplayName("Section 2.2.1: NXDOMAIN, as no wildcard is right below the closest encloser")
    void nxDomain(String qname, String qtype) {
        ask(EXAMPLE, qname, qtype).isAuthoritative().isNxDomain();
    }

    @Test
    @DisplayName("Section 2.2.1: host.subdel.example is delegated, the wildcard does not reach below the cut")
    void delegationStopsWildcard() {
        ask(EXAMPLE, "host.subdel.example.", "A").isReferralTo("subdel.example.");
    }

    @Test
    @DisplayName("Section 2.2.1: synthesis adds the addresses of the wildcard's targets")
    void synthesizedAnswerHasAdditional() {
        ask(EXAMPLE, "host3.example.", "MX").hasAdditional("host1.example. 3600 A 192.0.2.1");
    }

    @Test
    @DisplayName("Section 3.3.1: a name may be many labels below the wildcard's parent")
    void depthDoesNotMatter() {
        ask(EXAMPLE, "a.b.c.d.e.f.example.", "TXT").answers("a.b.c.d.e.f.example. 3600 TXT \"this is a wildcard\"");
    }

    @Test
    @DisplayName("Section 2.1.1: an asterisk label inside a name is an ordinary label")
    void asteriskInsideIsOrdinary() {
        StaticZone zone = Zones.zone("example.org", "a.*.b A 192.0.2.1");
        ask(zone, "a.x.b.example.org.", "A").isNoData(); // covered by the empty *.b, not by a.*.b
        ask(zone, "a.*.b.example.org.", "A").answers("a.*.b.example.org. 300 A 192.0.2.1");
    }

    @Test
    @DisplayName("Section 4.4: a wildcard CNAME is followed")
    void wildcardCnameIsFollowed() {
        StaticZone zone = Zones.zone("example.org", "*.pages CNAME front", "front A 192.0.2.7");
        ask(zone, "Shop.Pages.example.org.", "A")
                .answers("Shop.Pages.example.org. 300 CNAME front.example.org.", "front.example.org. 300 A 192.0.2.7");
        ask(zone, "x.pages.example.org.", "CNAME").answers("x.pages.example.org. 300 CNAME front.example.org.");
    }

    @Test
    @DisplayName("Section 4.9: a wildcard's own empty non-terminal covers names and gives NODATA")
    void emptyNonTerminalWildcard() {
        StaticZone zone = Zones.zone("example.org", "sub.* A 192.0.2.1");
        ask(zone, "anything.example.org.", "A").isNoData();
        ask(zone, "deep.anything.example.org.", "A").isNoData();
    }

    @ParameterizedTest
    @CsvSource({"'* NS ns.example.net.'", "'* DNAME example.net.'"})
    @DisplayName("Sections 4.2 and 4.4: NS and DNAME at a wildcard are refused")
    void wildcardCutsAreRefused(String line) {
        assertThatThrownBy(() -> Zones.zone("example.org", line)).hasMessageContaining("no wildcard (RFC 4592");
    }

    @Test
    @DisplayName("Section 2.1: the question's spelling is the owner of what is synthesized")
    void questionSpellsTheOwner() {
        ask(EXAMPLE, "HoSt3.ExAmPlE.", "TXT").answers("HoSt3.ExAmPlE. 3600 TXT \"this is a wildcard\"");
    }
}
