package dev.waypost.zone.rfc6604;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("RFC 6604: RCODE and AA of alias chains")
class Rfc6604Test {
    private static final StaticZone ZONE =
            Zones.zone("example.org", "out CNAME there.example.net.", "in CNAME no.example.org.");

    private static ResponseAssert ask(String qname, Resolver elsewhere) {
        return assertThat(new AuthoritativeResolver(ZONE, FallthroughZones.NONE, elsewhere)
                .resolve(Query.of(Zones.name(qname), Type.A)));
    }

    @ParameterizedTest(name = "{0} from elsewhere, later: {2}")
    @CsvSource({
        "NXDOMAIN, NXDOMAIN, false",
        "NXDOMAIN, NXDOMAIN, true",
        "SERVFAIL, SERVFAIL, false",
        "SERVFAIL, SERVFAIL, true",
        "NOERROR, NOERROR, true",
        "REFUSED, NOERROR, false", // nobody's name: the alias itself is no error
        "REFUSED, NOERROR, true",
    })
    @DisplayName("Section 3: the RCODE is that of the last name")
    void rcodeIsTheLastNames(String theirs, String ours, boolean later) {
        Response end = Response.failure(Rcode.value(theirs));
        ask("out.example.org", query -> later ? Pending.on(CompletableFuture.supplyAsync(() -> end)) : end)
                .hasRcode(Rcode.value(ours))
                .hasAnswer("out.example.org. 300 CNAME there.example.net.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"out.example.org", "in.example.org"})
    @DisplayName("Section 2: AA speaks of the first owner name")
    void aaSpeaksOfTheFirstOwner(String qname) {
        ask(qname, query -> Fallthrough.FALLTHROUGH).isAuthoritative();
        ask(qname, query -> Response.failure(Rcode.SERVFAIL)).isAuthoritative();
    }
}
