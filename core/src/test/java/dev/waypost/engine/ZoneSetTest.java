package dev.waypost.engine;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static dev.waypost.testing.DnsAssertions.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class ZoneSetTest implements ResolverContract {
    private final ZoneSet set = new ZoneSet();

    ZoneSetTest() {
        set.put("one", zones("example.org", "192.0.2.1", "example.net", "192.0.2.2"));
    }

    /** Zones whose {@code www} has the address behind their origin. */
    private static Map<Name, Resolver> zones(String... originsAndAddresses) {
        Map<Name, Resolver> zones = new LinkedHashMap<>();
        for (int i = 0; i < originsAndAddresses.length; i += 2) {
            zones.put(
                    Zones.name(originsAndAddresses[i]),
                    new AuthoritativeResolver(
                            Zones.zone(originsAndAddresses[i], "www A " + originsAndAddresses[i + 1]),
                            FallthroughZones.NONE,
                            query -> Fallthrough.FALLTHROUGH));
        }
        return zones;
    }

    @Override
    public Resolver resolver() {
        return set;
    }

    @Override
    public Query answerable() {
        return query("www.example.org");
    }

    private static Query query(String qname) {
        return Query.of(Zones.name(qname), Type.A);
    }

    @Test
    void nearestZoneOfAllPartsAnswers() {
        set.put("two", zones("sub.example.org", "192.0.2.3"));
        assertThat(set.resolve(query("www.sub.example.org"))).answers("www.sub.example.org. 300 A 192.0.2.3");
        assertThat(set.resolve(query("www.example.org"))).answers("www.example.org. 300 A 192.0.2.1");
        assertFallsThrough(set.resolve(query("www.example.com")));
    }

    @Test
    void zonesOfAPartAreSwappedAndWhatWasSaidEnds() {
        Response before = response(set.resolve(query("www.example.org")));
        Response denied = response(set.resolve(query("www.sub.example.org")));
        Resolution left = set.resolve(query("www.example.com"));
        assertThat(((Fallthrough) left).freshness().holdsAt(0)).isTrue();
        set.put("one", zones("sub.example.org", "192.0.2.4", "example.com", "192.0.2.5"));
        assertThat(before).holdsNoMore();
        assertThat(denied).holdsNoMore();
        assertThat(((Fallthrough) left).freshness().holdsAt(0)).isFalse();
        assertFallsThrough(set.resolve(query("www.example.org")));
        assertThat(set.resolve(query("www.sub.example.org"))).answers("www.sub.example.org. 300 A 192.0.2.4");
        assertThat(set.resolve(query("www.example.com"))).answers("www.example.com. 300 A 192.0.2.5");
    }

    @Test
    void ofTwoPartsWithOneOriginTheFirstAnswers() {
        set.put("two", zones("example.org", "192.0.2.9"));
        assertThat(set.resolve(query("www.example.org"))).answers("www.example.org. 300 A 192.0.2.1");
        set.put("one", Map.of());
        assertThat(set.resolve(query("www.example.org"))).answers("www.example.org. 300 A 192.0.2.9");
    }

    @Test
    void readersSeeOneSetOfZonesOrTheNext() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                set.put("one", zones("example.org", "192.0.2." + (1 + i % 2)));
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 20_000; i++) {
                assertThat(response(set.resolve(query("www.example.org"))).answer())
                        .hasSize(1);
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }
}
