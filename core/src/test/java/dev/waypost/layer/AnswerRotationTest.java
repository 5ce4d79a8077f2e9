package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class AnswerRotationTest implements LayerContract {
    private static final RecordSet ONE =
            RecordSet.ofRdata(Zones.name("one.example.org"), Type.A, 30, List.of(new byte[4]));
    private static final RecordSet TWO =
            RecordSet.ofRdata(Zones.name("two.example.org"), Type.A, 30, List.of(new byte[4], new byte[] {1, 2, 3, 4}));
    private static final RecordSet TEXTS = RecordSet.ofRdata(
            Zones.name("text.example.org"), Type.TXT, 30, List.of(new byte[] {1, 'a'}, new byte[] {1, 'b'}));

    @Override
    public Layer layer() {
        return new AnswerRotation();
    }

    private boolean rotates(Response response) {
        return response(layer().over(query -> response).resolve(Query.of(Zones.name("example.org"), Type.A)))
                .rotatable();
    }

    @Test
    void severalAddressesMayRotateInAnySection() {
        assertThat(rotates(Response.answer(Freshness.always(), TWO))).isTrue();
        assertThat(rotates(Response.answer(Freshness.always(), ONE).withAdditional(List.of(TWO))))
                .isTrue();
    }

    @Test
    void oneAddressAndOtherTypesKeepTheirOrder() {
        assertThat(rotates(Response.answer(Freshness.always(), ONE))).isFalse();
        assertThat(rotates(Response.answer(Freshness.always(), TEXTS))).isFalse();
    }
}
