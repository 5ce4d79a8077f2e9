package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("74: every answer says whether its cluster is in touch, and for how long it is not")
class StalenessTest {
    private static final String WEB = "web.shop.svc.cluster.local";
    private static final byte[] PLAIN = WireMessages.query(WEB + ".", Type.A).bytes();
    private static final byte[] EDNS =
            WireMessages.query(WEB + ".", Type.A).opt(1232).bytes();

    private final FakeTicker ticker = new FakeTicker();
    private final WatchedCluster cluster = new WatchedCluster(
            WatchedCluster.QUICK,
            options -> options.ticker(ticker).staleAfter(Duration.ofSeconds(30)).unreadyAfter(Duration.ofMinutes(5)));
    private final ScriptedApiServer api = cluster.api();
    private final DnsEngine engine =
            DnsEngine.builder().backend(cluster.backend()).ticker(ticker).build();
    private final WireProbe probe = WireProbe.imaging(16, engine);

    @AfterEach
    void close() {
        engine.close();
        cluster.close();
    }

    private Response answer(String qname) {
        return (Response) engine.resolve(Query.of(Zones.name(qname), Type.A));
    }

    /** Returns when what was said before is said no more: it may be for a moment after the outage can be seen. */
    private void loseTheApi() throws IOException {
        Response before = answer(WEB);
        api.unreachable(true);
        api.reset(SERVICES);
        await().until(() -> !before.freshness().holdsAt(ticker.nanoTime()));
        assertThat(cluster.staleness(WEB)).isInstanceOf(Staleness.Stale.class);
    }

    private void pass(Duration time) {
        ticker.advance(time);
        probe.ticker().advance(time);
    }

    private List<Integer> extendedErrors(byte[] query) {
        Message reply = probe.udpMessage(query);
        OPTRecord opt = reply.getOPT();
        return opt == null
                ? List.of()
                : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                        .toList();
    }

    @Test
    void ageIsInEveryAnswerAtOnce() throws IOException {
        cluster.startAndWait();
        assertThat(answer(WEB).staleness()).isEqualTo(Staleness.FRESH);
        pass(Duration.ofSeconds(7));
        loseTheApi();
        pass(Duration.ofSeconds(3));
        for (String qname : List.of(WEB, "missing.shop.svc.cluster.local", "cluster.local", "shop.svc.cluster.local")) {
            assertThat(answer(qname).staleness().age(ticker.nanoTime()))
                    .as(qname)
                    .isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    @DisplayName(
            "an answer of the next resolver is as stale as the cluster that does not hold the name, until it is back")
    void ageIsInAnswersToNamesThatFallThrough() throws IOException {
        cluster.startAndWait();
        Resolver next = query -> Response.empty(Rcode.NOERROR, Freshness.always());
        Resolver resolver =
                query -> new AuthoritativeResolver(cluster.backend().zones().get(0), FallthroughZones.ALL, next)
                        .resolve(query)
                        .orElse(() -> next.resolve(query));
        Query query = Query.of(Zones.name("missing.shop.svc.cluster.local"), Type.A);
        Query impossible = Query.of(Zones.name("www.example.com.cluster.local"), Type.A);
        assertThat(((Response) resolver.resolve(query)).staleness()).isEqualTo(Staleness.FRESH);
        loseTheApi();
        pass(Duration.ofSeconds(3));
        Response stale = (Response) resolver.resolve(query);
        assertThat(stale.staleness().age(ticker.nanoTime())).isEqualTo(Duration.ofSeconds(3));
        assertThat(((Response) resolver.resolve(impossible)).staleness()).isEqualTo(Staleness.FRESH);
        api.unreachable(false);
        await().until(() -> !stale.freshness().holdsAt(ticker.nanoTime()));
        assertThat(((Response) resolver.resolve(query)).staleness()).isEqualTo(Staleness.FRESH);
    }

    @Test
    @DisplayName(
            "EDE 3 goes to EDNS clients once the bound has passed, also where a reply had an image, and ends with the outage")
    void staleAnswersAreToldBeyondTheBound() throws IOException {
        cluster.startAndWait();
        assertThat(extendedErrors(EDNS)).isEmpty();
        loseTheApi();
        pass(Duration.ofSeconds(30));
        assertThat(extendedErrors(EDNS)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(extendedErrors(EDNS)).containsExactly(3);
        assertThat(probe.udpMessage(PLAIN).getOPT()).isNull();
        int asked = probe.asked().size();
        assertThat(extendedErrors(EDNS)).containsExactly(3);
        assertThat(probe.asked()).as("the second reply was an image's").hasSize(asked);
        api.unreachable(false);
        await().until(() -> extendedErrors(EDNS).isEmpty());
        assertThat(cluster.staleness(WEB)).isEqualTo(Staleness.FRESH);
    }

    @Test
    void recordsAreAnsweredHoweverOld() throws IOException {
        cluster.startAndWait();
        loseTheApi();
        pass(Duration.ofHours(9));
        cluster.answers("web.shop.svc.cluster.local. A = 192.0.2.10");
        assertThat(answer("missing.shop.svc.cluster.local").rcode()).isEqualTo(3);
    }

    @Test
    void readinessEndsWithAnAgeWherePolicySaysSo() throws IOException {
        cluster.startAndWait();
        loseTheApi();
        pass(Duration.ofMinutes(5));
        assertThat(cluster.backend().readiness().ready()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(cluster.backend().readiness().reason())
                .startsWith("the API is out of reach for 301 s: cannot watch services");
        api.unreachable(false);
        await().until(() -> cluster.backend().readiness().ready());
    }

    @Test
    void readinessIsLatchedUnlessPolicySaysOtherwise() throws IOException {
        try (WatchedCluster latched = new WatchedCluster(WatchedCluster.QUICK, options -> options.ticker(ticker))) {
            latched.startAndWait();
            latched.api().unreachable(true);
            latched.api().reset(SERVICES);
            await().until(() -> latched.staleness(WEB) instanceof Staleness.Stale);
            ticker.advance(Duration.ofDays(1));
            assertThat(latched.backend().readiness().ready()).isTrue();
        }
    }

    @Test
    void reportTellsEventsListsReconnectsAndOctets() throws IOException {
        cluster.startAndWait();
        WatchReport before = cluster.report(SERVICES);
        assertThat(before.sinceLastEvent()).isEmpty();
        api.putService("shop", "next", "{\"clusterIP\":\"192.0.2.11\"}");
        await().until(() -> cluster.report(SERVICES).sinceLastEvent().isPresent());
        cluster.answers("next.shop.svc.cluster.local. A = 192.0.2.11");
        pass(Duration.ofSeconds(2));
        api.bookmark(SERVICES);
        await().until(() ->
                cluster.report(SERVICES).sinceLastContact().orElseThrow().isZero());
        api.reset(SERVICES);
        await().until(() -> cluster.report(SERVICES).reconnects() == 1);
        WatchReport after = cluster.report(SERVICES);
        assertThat(after.sinceLastEvent()).contains(Duration.ofSeconds(2));
        assertThat(after.sinceLastList()).contains(Duration.ofSeconds(2));
        assertThat(after.octetsRead()).isGreaterThan(before.octetsRead());
        assertThat(after.namespace()).isEmpty();
    }

    @Test
    void agesAreRefusedWhereThereIsNoApi() {
        assertThatThrownBy(() -> KubernetesBackend.inMemory()
                        .staleAfter(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'stale_after' wants a cluster behind an API, found inMemory()");
        assertThatThrownBy(() -> KubernetesBackend.inCluster().unreadyAfter(Duration.ofSeconds(-1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kubernetes backend: 'unready_after' wants a time from 0 s on, found PT-1S");
    }
}
