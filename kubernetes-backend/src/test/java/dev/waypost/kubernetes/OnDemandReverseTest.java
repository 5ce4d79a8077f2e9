package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Patience;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("On demand a reverse zone holds the addresses of what is held, and no others until they arrive")
class OnDemandReverseTest {
    private static final Name WEB = Zones.name("10.2.0.192.in-addr.arpa");
    private static final Name ENDPOINT = Zones.name("1.100.51.198.in-addr.arpa");

    private final FakeTicker ticker = new FakeTicker();
    private final WatchedCluster cluster = new WatchedCluster(
            WatchedCluster.QUICK,
            options -> options.zones("cluster.local", "in-addr.arpa", "ip6.arpa")
                    .ticker(ticker)
                    .onDemand(OnDemand.DEFAULT));
    private final DnsEngine engine =
            DnsEngine.builder().backend(cluster.backend()).ticker(ticker).build();

    @BeforeEach
    void start() {
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        cluster.close();
    }

    private Response ask(Name qname, int qtype) {
        Query query = Query.of(qname, qtype).withDeadline(ticker.nanoTime() + Patience.LIMIT.toNanos());
        return (Response) settled(engine.resolve(query));
    }

    private String pointer(Name qname) {
        Response response = ask(qname, Type.PTR);
        return response.answer().isEmpty()
                ? Rcode.string(response.rcode())
                : Zones.lines(response.answer().get(0)).get(0).replaceFirst(".* PTR ", "");
    }

    @Test
    void addressOfAServiceArrivesWithIt() {
        Response denied = ask(WEB, Type.PTR);
        assertThat(denied.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(cluster.api().requests()).isEmpty(); // no request could tell whose it is
        ask(Zones.name("web.shop.svc.cluster.local"), Type.A);
        assertThat(denied.freshness().holdsAt(ticker.nanoTime())).isFalse();
        assertThat(pointer(WEB)).isEqualTo("web.shop.svc.cluster.local.");
        assertThat(pointer(Zones.name("11.2.0.192.in-addr.arpa"))).isEqualTo("NXDOMAIN");
        assertThat(pointer(Zones.name("2.0.192.in-addr.arpa"))).isEqualTo("NOERROR");
    }

    @Test
    void addressOfAnEndpointArrivesWithTheSlicesOfItsService() {
        assertThat(pointer(ENDPOINT)).isEqualTo("NXDOMAIN");
        ask(Zones.name("orders.shop.svc.cluster.local"), Type.A);
        assertThat(pointer(ENDPOINT)).isEqualTo("198-51-100-1.orders.shop.svc.cluster.local.");
        assertThat(cluster.api().requests()).extracting(ApiRequest::resource).containsOnly(SERVICES, SLICES);
    }

    @Test
    void addressLeavesWithItsService() {
        ask(Zones.name("web.shop.svc.cluster.local"), Type.A);
        await().until(() -> cluster.api().watchers(SERVICES) == 1);
        Response told = ask(WEB, Type.PTR);
        cluster.api().remove(SERVICES, "shop", "web");
        await().until(() -> !told.freshness().holdsAt(ticker.nanoTime()));
        assertThat(pointer(WEB)).isEqualTo("NXDOMAIN");
    }

    @Test
    @DisplayName("with fallthrough the next resolver is asked for an address that is not held, until it arrives")
    void addressThatIsNotHeldFallsThrough() {
        AuthoritativeResolver resolver = new AuthoritativeResolver(
                cluster.backend().zones().get(1), FallthroughZones.ALL, query -> Fallthrough.FALLTHROUGH);
        Resolution asked = resolver.resolve(Query.of(WEB, Type.PTR));
        assertThat(asked).isInstanceOfSatisfying(Fallthrough.class, fallthrough -> {
            assertThat(fallthrough.freshness().holdsAt(ticker.nanoTime())).isTrue();
            ask(Zones.name("web.shop.svc.cluster.local"), Type.A);
            assertThat(fallthrough.freshness().holdsAt(ticker.nanoTime())).isFalse();
        });
        assertThat(resolver.resolve(Query.of(WEB, Type.PTR))).isInstanceOf(Response.class);
    }
}
