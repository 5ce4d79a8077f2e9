package dev.waypost.zone.rfc2181;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("RFC 2181: RRsets")
class Rfc2181Test {
    private static final int MANY = 4_000;
    private static final StaticZone ZONE = Zones.zone("example.org", many());

    private static String[] many() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> "many A 10.0." + i / 250 + "." + i % 250)
                .toArray(String[]::new);
    }

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 5: an RRset is answered whole, however large")
    void largeRrsetIsAnsweredWhole() {
        ask("many.example.org", Type.A)
                .satisfies(response -> Assertions.assertThat(response.answer())
                        .singleElement()
                        .satisfies(set -> {
                            Assertions.assertThat(set.size()).isEqualTo(MANY);
                            Assertions.assertThat(set.rdata(MANY - 1)).containsExactly(10, 0, 15, 249);
                        }));
    }

    @Test
    @DisplayName("Section 5: the same record twice is one, names in RDATA in any letter case, among many too")
    void sameRecordTwiceIsOne() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("many MX 10 h" + i % 20);
            lines.add("many MX 10 H" + i % 20);
        }
        StaticZone zone = Zones.zone("example.org", lines.toArray(String[]::new));
        Assertions.assertThat(zone.recordSets())
                .filteredOn(set -> set.type() == Type.MX)
                .singleElement()
                .satisfies(set -> Assertions.assertThat(set.size()).isEqualTo(20));
    }

    @Test
    @DisplayName("Section 5.2: TTLs of an RRset that differ are taken as the least")
    void leastTtlCounts() {
        StaticZone zone = Zones.zone("example.org", "www 60 A 192.0.2.1", "www 30 A 192.0.2.2", "www 90 A 192.0.2.3");
        Assertions.assertThat(zone.recordSets())
                .filteredOn(set -> set.type() == Type.A)
                .singleElement()
                .satisfies(set -> Assertions.assertThat(set.ttlSeconds()).isEqualTo(30));
    }
}
