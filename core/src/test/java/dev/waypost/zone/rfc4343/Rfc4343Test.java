package dev.waypost.zone.rfc4343;

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

@DisplayName("RFC 4343: letter case")
class Rfc4343Test {
    private static final StaticZone ZONE = Zones.zone(
            "Example.ORG",
            "WwW A 192.0.2.1",
            "WWW A 192.0.2.2",
            "Alias CNAME WwW",
            "*.Wild A 192.0.2.3",
            "Old DNAME New",
            "a.New A 192.0.2.4",
            "Sub NS Ns.Sub",
            "nS.sUB A 192.0.2.5",
            "Mail MX 10 wWw");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 4.1: the answer's owner is spelled as the question's name")
    void ownerIsSpelledAsAsked() {
        ask("wWw.eXample.org", Type.A).answers("wWw.eXample.org. 300 A 192.0.2.1", "wWw.eXample.org. 300 A 192.0.2.2");
        ask("X.wIld.example.org", Type.A).answers("X.wIld.example.org. 300 A 192.0.2.3");
    }

    @Test
    @DisplayName("Section 4.1: names in RDATA, and owners that nobody asked for, are spelled as loaded")
    void otherNamesAreSpelledAsLoaded() {
        ask("alias.example.org", Type.A)
                .answers(
                        "alias.example.org. 300 CNAME WwW.Example.ORG.",
                        "WwW.Example.ORG. 300 A 192.0.2.1",
                        "WwW.Example.ORG. 300 A 192.0.2.2");
        ask("A.old.example.org", Type.A)
                .answers(
                        "Old.Example.ORG. 300 DNAME New.Example.ORG.",
                        "A.old.example.org. 300 CNAME A.New.Example.ORG.",
                        "A.New.Example.ORG. 300 A 192.0.2.4");
        ask("x.sub.example.org", Type.A).hasAuthority("Sub.Example.ORG. 300 NS Ns.Sub.Example.ORG.");
    }

    @Test
    @DisplayName("Section 3: octets that only look like letters of another case are other octets")
    void onlyAsciiLettersHaveCase() {
        ask("\\215ww.example.org", Type.A).isNxDomain(); // W with the top bit set
        ask("w\\119w.example.org", Type.A)
                .answers("www.example.org. 300 A 192.0.2.1", "www.example.org. 300 A 192.0.2.2");
    }
}
