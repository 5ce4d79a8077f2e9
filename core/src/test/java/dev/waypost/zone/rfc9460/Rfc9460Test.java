package dev.waypost.zone.rfc9460;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("RFC 9460: SVCB and HTTPS")
class Rfc9460Test {
    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "@ HTTPS 0 pool",
            "@ A 192.0.2.80",
            "pool HTTPS 1 . alpn=h2,h3",
            "pool HTTPS 2 backup port=8443 ipv4hint=192.0.2.83",
            "pool A 192.0.2.81",
            "pool AAAA 2001:db8::81",
            "backup A 192.0.2.82",
            "own SVCB 1 . port=53",
            "own A 192.0.2.84",
            "none SVCB 0 .",
            "none A 192.0.2.85",
            "loop SVCB 0 loop2",
            "loop2 SVCB 0 loop",
            "away SVCB 1 svc.example.net.",
            "*.wild SVCB 1 . port=99",
            "*.wild A 192.0.2.86",
            "cut NS ns.cut",
            "ns.cut A 192.0.2.87",
            "below SVCB 1 ns.cut",
            "params SVCB 16 pool mandatory=alpn,port alpn=\"f\\\\\\\\oo\\\\,bar,h2\" port=8443 ech=AAE=",
            "private SVCB 1 pool key65333=ex1");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 4.1: an alias brings the service it leads to, and both bring the addresses of their targets")
    void aliasBringsTheService() {
        ask("example.org", Type.HTTPS)
                .answers("example.org. 300 HTTPS 0 pool.example.org.")
                .hasAdditional(
                        "pool.example.org. 300 A 192.0.2.81",
                        "pool.example.org. 300 AAAA 2001:db8::81",
                        "pool.example.org. 300 HTTPS 1 . alpn=h2,h3",
                        "pool.example.org. 300 HTTPS 2 backup.example.org. port=8443 ipv4hint=192.0.2.83",
                        "backup.example.org. 300 A 192.0.2.82");
    }

    @Test
    @DisplayName("Section 2.5.2: the target \".\" of a service is its owner, synthesized ones too")
    void rootTargetIsTheOwner() {
        ask("own.example.org", Type.SVCB).hasAdditional("own.example.org. 300 A 192.0.2.84");
        ask("a.wild.example.org", Type.SVCB)
                .answers("a.wild.example.org. 300 SVCB 1 . port=99")
                .hasAdditional("a.wild.example.org. 300 A 192.0.2.86");
    }

    @Test
    @DisplayName("Section 2.5.1: the target \".\" of an alias says that there is no service")
    void rootTargetOfAnAliasIsNoService() {
        ask("none.example.org", Type.SVCB)
                .answers("none.example.org. 300 SVCB 0 .")
                .hasAdditional();
    }

    @Test
    @DisplayName("Section 2.4.2: an alias to an alias ends after one step")
    void loopEnds() {
        ask("loop.example.org", Type.SVCB)
                .answers("loop.example.org. 300 SVCB 0 loop2.example.org.")
                .hasAdditional("loop2.example.org. 300 SVCB 0 loop.example.org.");
    }

    @Test
    @DisplayName("Section 4.1: nothing is told of targets outside of the zone or below its cuts")
    void targetsOfOthersAreLeftOut() {
        ask("away.example.org", Type.SVCB).hasAdditional();
        ask("below.example.org", Type.SVCB).hasAdditional();
    }

    @Test
    @DisplayName("Section 2.2: parameters, known and not, are served as loaded")
    void parametersAreServedAsLoaded() {
        // Appendix A.1: a comma and a backslash inside of one of the values
        ask("params.example.org", Type.SVCB)
                .satisfies(response -> Assertions.assertThat(
                                new String(response.answer().get(0).rdata(0), StandardCharsets.ISO_8859_1))
                        .contains("\bf\\oo,bar\2h2"));
        ask("private.example.org", Type.SVCB).answers("private.example.org. 300 SVCB 1 pool.example.org. key65333=ex1");
    }
}
