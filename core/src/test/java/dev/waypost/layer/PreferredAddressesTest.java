package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.AddressBlock;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.WireRecords;
import dev.waypost.testing.Zones;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class PreferredAddressesTest implements LayerContract {
    @Override
    public Layer layer() {
        return new PreferredAddresses(
                List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("192.0.2.0/24")), new Random(7));
    }

    private Response ask(Response response) {
        return DnsAssertions.response(
                layer().over(any -> response).resolve(Query.of(Zones.name("www.example.com"), Type.A)));
    }

    private static List<String> order(RecordSet set) {
        return set.records().stream().map(record -> record.rdataToString()).toList();
    }

    @Test
    void preferredNetworksComeInFrontAndChanceDecidesAmongEquals() {
        RecordSet set = WireRecords.set(
                "www.example.com.", Type.A, 60, "198.51.100.1", "192.0.2.1", "10.0.0.1", "192.0.2.2", "198.51.100.2");
        Layer layer = layer();
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Response response = DnsAssertions.response(layer.over(any -> Response.answer(Freshness.always(), set))
                    .resolve(Query.of(Zones.name("www.example.com"), Type.A)));
            List<String> order = order(response.answer().get(0));
            assertThat(order.get(0)).isEqualTo("10.0.0.1");
            assertThat(order.subList(1, 3)).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
            assertThat(response).holdsNoMore();
            seen.add(order);
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void anOrderThatIsNotLeftToChanceMayBeSaidAgain() {
        RecordSet set = WireRecords.set("www.example.com.", Type.A, 60, "198.51.100.1", "192.0.2.1", "10.0.0.1");
        Response response = ask(Response.answer(Freshness.always()).withAdditional(List.of(set)));
        assertThat(order(response.additional().get(0))).containsExactly("10.0.0.1", "192.0.2.1", "198.51.100.1");
        assertThat(response).holds();
    }
}
