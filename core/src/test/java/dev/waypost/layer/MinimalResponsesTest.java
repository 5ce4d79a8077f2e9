package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.WireRecords;
import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class MinimalResponsesTest implements LayerContract {
    private static final RecordSet NS = WireRecords.set("example.org.", Type.NS, 300, "ns.example.org.");
    private static final RecordSet GLUE = WireRecords.set("ns.example.org.", Type.A, 300, "192.0.2.53");

    @Override
    public Layer layer() {
        return new MinimalResponses();
    }

    private Response after(Response response) {
        Query query = Query.of(Zones.name("www.example.org"), Type.A);
        return DnsAssertions.response(layer().over(any -> response).resolve(query));
    }

    private static Response with(Response response) {
        return response.withAuthority(List.of(NS)).withAdditional(List.of(GLUE));
    }

    @Test
    void positiveAnswersLoseAuthorityAndAdditional() {
        assertThat(after(with(answer())))
                .answers("www.example.org. 300 A 192.0.2.1")
                .hasAuthority()
                .hasAdditional();
    }

    @Test
    void referralsDenialsAndFailuresStayAsTheyAre() {
        for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.SERVFAIL}) {
            Response response = with(Response.empty(rcode, Freshness.always()));
            assertThat(after(response)).isEqualTo(response);
        }
        Response chainToNowhere = with(answer().withRcode(Rcode.NXDOMAIN));
        assertThat(after(chainToNowhere)).isEqualTo(chainToNowhere);
    }
}
