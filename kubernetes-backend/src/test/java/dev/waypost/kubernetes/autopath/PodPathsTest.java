package dev.waypost.kubernetes.autopath;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@DisplayName("autopath: the search lists of pods")
class PodPathsTest {
    private static final String SHOP_POD = "192.0.2.1";
    private static final String BANK_POD = "2001:db8::1";
    private static final String STRANGER = "192.0.2.99";

    private final Map<IpAddress, String> namespaces = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Resolver resolver = query -> Response.failure(2);

    @BeforeEach
    void put() {
        namespaces.put(IpAddress.parse(SHOP_POD), "shop");
        namespaces.put(IpAddress.parse(BANK_POD), "bank");
        ClusterPods pods = new ClusterPods();
        pods.add(List.of(Zones.name("cluster.local")), address -> Optional.ofNullable(namespaces.get(address)));
        PodPaths paths =
                new PodPaths(pods, List.of(Zones.name("kube-system.svc.cluster.local"), Zones.name("corp.example")));
        Resolver cluster = over("cluster.local", "web.shop.svc A 192.0.2.10", "web.bank.svc A 192.0.2.20");
        Resolver world = over(".", "www.example.com. A 192.0.2.30", "intra.corp.example. A 192.0.2.40");
        resolver = new AutopathLayer(List.of(Name.root), paths, () -> {}).over(query -> {
            asked.add(query.qname().toString());
            return query.qname().subdomain(Zones.name("cluster.local")) ? cluster.resolve(query) : world.resolve(query);
        });
    }

    private static Resolver over(String origin, String... lines) {
        return new AuthoritativeResolver(
                Zones.zone(origin, lines), FallthroughZones.NONE, query -> Response.failure(2));
    }

    private Response ask(String client, String qname) throws UnknownHostException {
        Query plain = Query.of(Zones.name(qname), Type.A);
        Client who = new Client(InetAddress.getByName(client), 5353, Transport.UDP);
        Query query =
                new Query(plain.qname(), plain.qtype(), plain.qclass(), true, false, plain.edns(), who, 0, List.of());
        return (Response) resolver.resolve(query);
    }

    @Test
    void aPodsListIsItsNamespaceTheServicesTheZoneTheNodesAndNothing() throws Exception {
        assertThat(ask(SHOP_POD, "www.example.com.shop.svc.cluster.local"))
                .answers(
                        "www.example.com.shop.svc.cluster.local. 300 CNAME www.example.com.",
                        "www.example.com. 300 A 192.0.2.30");
        assertThat(asked)
                .containsExactly(
                        "www.example.com.shop.svc.cluster.local.",
                        "www.example.com.svc.cluster.local.",
                        "www.example.com.cluster.local.",
                        "www.example.com.corp.example.",
                        "www.example.com.");
    }

    @Test
    void aServiceOfAnotherNamespaceIsFoundUnderSvc() throws Exception {
        assertThat(ask(BANK_POD, "web.shop.bank.svc.cluster.local"))
                .answers(
                        "web.shop.bank.svc.cluster.local. 300 CNAME web.shop.svc.cluster.local.",
                        "web.shop.svc.cluster.local. 300 A 192.0.2.10");
    }

    @Test
    void theNodesDomainsComeBehindTheClusters() throws Exception {
        assertThat(ask(SHOP_POD, "intra.shop.svc.cluster.local"))
                .answers(
                        "intra.shop.svc.cluster.local. 300 CNAME intra.corp.example.",
                        "intra.corp.example. 300 A 192.0.2.40");
    }

    @Test
    void anotherNamespacesFirstElementIsNotThisClients() throws Exception {
        assertThat(ask(BANK_POD, "www.example.com.shop.svc.cluster.local")).isNxDomain();
        assertThat(asked).hasSize(1);
    }

    @Test
    void aClientThatIsNoPodSearchesByItself() throws Exception {
        assertThat(ask(STRANGER, "www.example.com.shop.svc.cluster.local")).isNxDomain();
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatDependsOnTheClientIsNeverSaidAgain() throws Exception {
        String qname = "www.example.com.shop.svc.cluster.local";
        assertThat(ask(SHOP_POD, qname)).holdsNoMore();
        // else the image of a stranger's NXDOMAIN would answer the pod
        assertThat(ask(STRANGER, qname)).isNxDomain().holdsNoMore();
        assertThat(ask(BANK_POD, qname)).isNxDomain().holdsNoMore();
    }

    @Test
    void whatDoesNotDependOnTheClientKeepsItsImage() throws Exception {
        for (String client : List.of(SHOP_POD, BANK_POD, STRANGER)) {
            assertThat(ask(client, "web.shop.svc.cluster.local")).holds();
            assertThat(ask(client, "nobody.cluster.local")).isNxDomain().holds();
            assertThat(ask(client, "shop.svc.cluster.local")).holds();
            assertThat(ask(client, "no.example.org")).isNxDomain().holds();
        }
    }

    @Test
    void aPodThatMovedIsSearchedForInItsNewNamespaceAtOnce() throws Exception {
        assertThat(ask(SHOP_POD, "web.bank.shop.svc.cluster.local")).hasRcode(0);
        namespaces.put(IpAddress.parse(SHOP_POD), "bank");
        assertThat(ask(SHOP_POD, "web.bank.shop.svc.cluster.local")).isNxDomain();
        assertThat(ask(SHOP_POD, "web.shop.bank.svc.cluster.local")).hasRcode(0);
    }

    @Test
    void theNearestZoneOfSeveralClustersCounts() {
        ClusterPods pods = new ClusterPods();
        pods.add(List.of(Zones.name("example")), address -> Optional.of("outer"));
        pods.add(List.of(Zones.name("east.example")), address -> Optional.of("inner"));
        assertThat(pods.clusterOf(Zones.name("web.inner.svc.east.example"))
                        .orElseThrow()
                        .zone())
                .isEqualTo(Zones.name("east.example"));
        assertThat(pods.clusterOf(Zones.name("www.example.org"))).isEmpty();
    }
}
