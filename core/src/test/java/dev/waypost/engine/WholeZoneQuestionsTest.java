package dev.waypost.engine;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.AddressBlocks;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Zones;
import dev.waypost.transfer.TransferLayer;
import dev.waypost.transfer.TransferRule;
import dev.waypost.zone.StaticZone;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class WholeZoneQuestionsTest {
    private static final StaticZone ZONE = Zones.zone("example.org", "www A 192.0.2.1");

    @ParameterizedTest
    @ValueSource(ints = {Type.AXFR, Type.IXFR})
    void nobodyAnswersThemUnasked(int qtype) {
        AtomicInteger asked = new AtomicInteger();
        Resolver everything = query -> {
            asked.incrementAndGet();
            return Response.failure(Rcode.NOERROR);
        };
        try (DnsEngine engine = DnsEngine.builder()
                .zone(ZONE)
                .resolver(Name.root, everything)
                .build()
                .start()) {
            assertThat(engine.resolve(Query.of(ZONE.origin(), qtype))).hasRcode(Rcode.REFUSED);
            assertThat(engine.resolve(Query.of(Zones.name("www.example.org"), qtype)))
                    .hasRcode(Rcode.REFUSED);
            assertThat(engine.resolve(Query.of(Zones.name("example.net"), qtype)))
                    .hasRcode(Rcode.REFUSED);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void transferLayerAnswersThemForItsZones() {
        TransferRule rule = new TransferRule(ZONE.origin(), AddressBlocks.ALL);
        try (DnsEngine engine = DnsEngine.builder()
                .layer(new TransferLayer(List.of(rule), List.of(ZONE)))
                .zone(ZONE)
                .build()
                .start()) {
            Response response = DnsAssertions.response(engine.resolve(Query.of(ZONE.origin(), Type.AXFR)));
            assertThat(response.answer()).containsExactly(ZONE.soa());
            assertThat(response.zone().orElseThrow()).hasSize(2);
        }
    }
}
