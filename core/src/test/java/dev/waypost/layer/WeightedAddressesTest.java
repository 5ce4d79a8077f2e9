package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class WeightedAddressesTest implements LayerContract {
    private static final String FILE = """
            # weights
            WWW.example.com
            192.0.2.1 3
            192.0.2.2 1

              192.0.2.3   2
            other.example.com.
            2001:db8::1 255
            """;
    private static final RecordSet SET =
            WireRecords.set("www.example.com.", Type.A, 60, "192.0.2.1", "192.0.2.2", "192.0.2.3");

    @Override
    public Layer layer() {
        return new WeightedAddresses(() -> AddressWeights.NONE, new Random(1));
    }

    private static Response ask(Layer layer, Response response) {
        return DnsAssertions.response(
                layer.over(any -> response).resolve(Query.of(Zones.name("www.example.com"), Type.A)));
    }

    private static Map<String, Integer> firsts(AddressWeights weights, RecordSet set) {
        Layer layer = new WeightedAddresses(() -> weights, new Random(20260801));
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 6_000; i++) {
            RecordSet ordered = ask(layer, Response.answer(Freshness.always(), set))
                    .answer()
                    .get(0);
            counts.merge(ordered.records().get(0).rdataToString(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void theFirstAddressIsChosenByWeight() {
        Map<String, Integer> firsts = firsts(AddressWeights.read(FILE, "weights"), SET);
        assertThat(firsts.get("192.0.2.1")).isBetween(2_800, 3_200);
        assertThat(firsts.get("192.0.2.2")).isBetween(850, 1_150);
        assertThat(firsts.get("192.0.2.3")).isBetween(1_850, 2_150);
    }

    @Test
    void addressesWithoutAWeightHaveOne() {
        RecordSet unknown = WireRecords.set("x.example.com.", Type.A, 60, "192.0.2.1", "192.0.2.2");
        assertThat(firsts(AddressWeights.read(FILE, "weights"), unknown).get("192.0.2.1"))
                .isBetween(2_800, 3_200);
    }

    @Test
    void theOthersKeepTheirPlaces() {
        Layer layer = new WeightedAddresses(() -> AddressWeights.NONE, new Random(5));
        for (int i = 0; i < 50; i++) {
            Response response = ask(layer, Response.answer(Freshness.always(), SET));
            List<String> order = response.answer().get(0).records().stream()
                    .map(record -> record.rdataToString().substring(8))
                    .toList();
            assertThat(order).isIn(List.of("1", "2", "3"), List.of("2", "1", "3"), List.of("3", "2", "1"));
            assertThat(response).holdsNoMore();
        }
    }

    @Test
    void whatHasNoChoiceStaysAsItIs() {
        Response one = Response.answer(Freshness.always(), Zones.set("www.example.com 60 A 192.0.2.1"));
        assertThat(ask(layer(), one)).isEqualTo(one);
        Response mail =
                Response.answer(Freshness.always(), WireRecords.set("www.example.com.", Type.MX, 60, "1 a.", "2 b."));
        assertThat(ask(layer(), mail)).isEqualTo(mail);
        Response denial = Response.answer(Freshness.always(), SET).withRcode(Rcode.NXDOMAIN);
        assertThat(ask(layer(), denial)).isEqualTo(denial);
    }

    @ParameterizedTest
    @CsvSource({
        "'192.0.2.1 3', 1",
        "'a.example\n192.0.2.1', 2",
        "'a.example\n192.0.2.1 0', 2",
        "'a.example\n192.0.2.1 256', 2",
        "'a.example\n\n192.0.2.1 1 1', 3",
        "'a.example\nb.example 5', 2"
    })
    void aLineThatCannotBeReadIsNamed(String text, int line) {
        assertThatThrownBy(() -> AddressWeights.read(text, "weights"))
                .hasMessageStartingWith(
                        "weights:" + line + ": a name, or below one an address and a weight 1..255, is wanted, found");
    }
}
