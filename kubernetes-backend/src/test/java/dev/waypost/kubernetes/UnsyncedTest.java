package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.ExtendedError;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.Zones;
import dev.waypost.zone.FallthroughZones;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("Before every first list is complete")
class UnsyncedTest {
    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final List<Name> handedOn = new CopyOnWriteArrayList<>();
    private final KubernetesBackend backend = KubernetesBackend.api(api.url())
            .zones("cluster.local", "in-addr.arpa")
            .pods(PodRecords.INSECURE)
            .fallthrough(FallthroughZones.ALL)
            .timings(WatchedCluster.QUICK)
            .build();
    private final DnsEngine engine = DnsEngine.builder()
            .backend(backend)
            .resolver(Name.root, query -> {
                handedOn.add(query.qname());
                return Response.failure(Rcode.REFUSED);
            })
            .build();

    UnsyncedTest() {
        api.putNamespace("shop");
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\",\"ports\":[{\"name\":\"http\",\"port\":80}]}");
        api.putService("shop", "orders", "{\"clusterIP\":\"None\"}");
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.1"));
    }

    @AfterEach
    void close() {
        engine.close();
        api.close();
    }

    private Resolution ask(String qname, int qtype) {
        return engine.resolve(Query.of(Zones.name(qname), qtype));
    }

    @Test
    @DisplayName("a name that may be ours is neither denied nor looked for elsewhere, whatever fallthrough says")
    void namesNotKnownYetGoNowhere() {
        for (String name : List.of(
                "web.shop.svc.cluster.local",
                "shop.svc.cluster.local",
                "_http._tcp.web.shop.svc.cluster.local",
                "198-51-100-1.shop.pod.cluster.local")) {
            assertThat(ask(name, Type.A)).hasRcode(Rcode.SERVFAIL).hasExtendedError(ExtendedError.NOT_READY);
        }
        assertThat(ask("10.2.0.192.in-addr.arpa", Type.PTR))
                .hasRcode(Rcode.SERVFAIL)
                .hasExtendedError(ExtendedError.NOT_READY);
        assertThat(ask("2.0.192.in-addr.arpa", Type.PTR)).hasRcode(Rcode.SERVFAIL);
        assertThat(handedOn).isEmpty();
    }

    @Test
    void namesOfTheZoneItselfAreAnsweredAtOnce() {
        assertThat(ask("cluster.local", Type.SOA)).hasRcode(Rcode.NOERROR).isAuthoritative();
        assertThat(ask("dns-version.cluster.local", Type.TXT)).hasAnswer("dns-version.cluster.local. 28800 TXT 1.1.0");
        assertThat(ask("cluster.local", Type.A)).isNoData();
        assertThat(ask("svc.cluster.local", Type.A)).isNoData();
        assertThat(ask("pod.cluster.local", Type.A)).isNoData();
        assertThat(ask("in-addr.arpa", Type.SOA)).hasRcode(Rcode.NOERROR);
        assertThat(handedOn).isEmpty();
    }

    @Test
    void namesThatCannotExistFallThroughAtOnce() {
        assertThat(ask("www.example.com.cluster.local", Type.A)).hasRcode(Rcode.REFUSED);
        assertThat(ask("x.10.2.0.192.in-addr.arpa", Type.PTR)).hasRcode(Rcode.REFUSED);
        assertThat(handedOn)
                .containsExactly(Zones.name("www.example.com.cluster.local"), Zones.name("x.10.2.0.192.in-addr.arpa"));
    }

    @Test
    void whatIsKnownIsAnsweredAndTheRestIsWaitedFor() {
        api.nextList(WatchedCluster.SLICES, stream -> {}); // never answered
        engine.start();
        await().untilAsserted(() -> assertThat(ask("web.shop.svc.cluster.local", Type.A))
                .answers("web.shop.svc.cluster.local. 5 A 192.0.2.10"));
        assertThat(ask("web.shop.svc.cluster.local", Type.AAAA)).isNoData();
        assertThat(ask("shop.svc.cluster.local", Type.A)).isNoData();
        assertThat(ask("10.2.0.192.in-addr.arpa", Type.PTR))
                .answers("10.2.0.192.in-addr.arpa. 5 PTR web.shop.svc.cluster.local.");
        assertThat(ask("orders.shop.svc.cluster.local", Type.A)).hasRcode(Rcode.SERVFAIL);
        assertThat(ask("missing.shop.svc.cluster.local", Type.A)).hasRcode(Rcode.SERVFAIL);
        assertThat(ask("1.100.51.198.in-addr.arpa", Type.PTR)).hasRcode(Rcode.SERVFAIL);
        assertThat(handedOn).isEmpty();
        assertThat(backend.readiness().ready()).isFalse();
    }
}
