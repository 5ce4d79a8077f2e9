package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("A witness breaks with what it stands for, and with nothing else")
class FreshnessTest {
    private static final String NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """;

    private final KubernetesBackend backend = KubernetesBackend.inMemory()
            .zones("cluster.local", "in-addr.arpa")
            .pods(PodRecords.INSECURE)
            .build();

    FreshnessTest() {
        backend.apply(NAMESPACE);
        backend.apply(service("shop", "web", "192.0.2.10"));
        backend.apply(service("shop", "orders", "None"));
        backend.apply(slice("orders-1", "198.51.100.1"));
    }

    private static String service(String namespace, String name, String clusterIp) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {clusterIP: %s}
                """.formatted(name, namespace, clusterIp);
    }

    private static String slice(String name, String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: shop, labels: {kubernetes.io/service-name: orders}}
                endpoints: [{addresses: [%s]}]
                """.formatted(name, address);
    }

    private Finding find(String qname, int qtype) {
        return Transcript.find(backend, Zones.name(qname), qtype);
    }

    @Test
    void changedEndpointEndsItsServiceAndNoOther() {
        Finding orders = find("orders.shop.svc.cluster.local", Type.A);
        Finding noSuchEndpoint = find("x.orders.shop.svc.cluster.local", Type.A);
        Finding web = find("web.shop.svc.cluster.local", Type.A);
        Finding missing = find("missing.shop.svc.cluster.local", Type.A);
        Finding namespace = find("shop.svc.cluster.local", Type.A);
        Finding pod = find("198-51-100-9.shop.pod.cluster.local", Type.A);
        backend.apply(slice("orders-1", "198.51.100.2"));
        assertThat(orders).holdsNoMore();
        assertThat(noSuchEndpoint).holdsNoMore();
        assertThat(web).holds();
        assertThat(missing).holds();
        assertThat(namespace).holds();
        assertThat(pod).holds();
    }

    @Test
    void newServiceEndsAbsenceInItsNamespaceOnly() {
        backend.apply(service("billing", "web", "192.0.2.20"));
        Finding here = find("late.shop.svc.cluster.local", Type.A);
        Finding there = find("late.billing.svc.cluster.local", Type.A);
        backend.apply(service("shop", "late", "192.0.2.30"));
        assertThat(here).holdsNoMore();
        assertThat(there).holds();
    }

    @Test
    void newNamespaceEndsTheAbsenceOfNamespaces() {
        Finding namespace = find("late.svc.cluster.local", Type.A);
        Finding service = find("web.late.svc.cluster.local", Type.A);
        backend.apply(NAMESPACE.replace("shop", "late"));
        assertThat(namespace).holdsNoMore();
        assertThat(service).holdsNoMore();
        assertThat(find("late.svc.cluster.local", Type.A)).isNoData();
    }

    @Test
    void newAddressEndsTheAbsenceOfAddresses() {
        Finding reverse = find("9.100.51.198.in-addr.arpa", Type.PTR);
        Finding known = find("10.2.0.192.in-addr.arpa", Type.PTR);
        backend.apply(slice("orders-2", "198.51.100.9"));
        assertThat(reverse).isNxDomain().holdsNoMore();
        assertThat(known).holds();
        assertThat(find("9.100.51.198.in-addr.arpa", Type.PTR))
                .found("9.100.51.198.in-addr.arpa. 5 PTR 198-51-100-9.orders.shop.svc.cluster.local.");
    }

    @Test
    @DisplayName("when a namespace goes, everything in it goes with it")
    void removedNamespaceEndsAllItsNames() {
        Finding web = find("web.shop.svc.cluster.local", Type.A);
        Finding reverse = find("1.100.51.198.in-addr.arpa", Type.PTR);
        Finding absent = find("missing.shop.svc.cluster.local", Type.A);
        backend.replace(NAMESPACE.replace("shop", "other"));
        assertThat(web).holdsNoMore();
        assertThat(reverse).holdsNoMore();
        assertThat(absent).holdsNoMore();
        assertThat(find("web.shop.svc.cluster.local", Type.A)).isNxDomain();
        assertThat(find("1.100.51.198.in-addr.arpa", Type.PTR)).isNxDomain();
    }

    @Test
    void serviceThatComesBackIsAnswered() {
        backend.delete(service("shop", "web", "192.0.2.10"));
        Finding gone = find("web.shop.svc.cluster.local", Type.A);
        assertThat(gone).isNxDomain();
        assertThat(find("10.2.0.192.in-addr.arpa", Type.PTR)).isNxDomain();
        backend.apply(service("shop", "web", "192.0.2.10"));
        assertThat(gone).holdsNoMore();
        assertThat(find("10.2.0.192.in-addr.arpa", Type.PTR))
                .found("10.2.0.192.in-addr.arpa. 5 PTR web.shop.svc.cluster.local.");
    }

    @Test
    void whatTheGrammarRulesOutIsAbsentForEver() {
        assertThat(find("www.example.com.cluster.local", Type.A).freshness()).isSameAs(Freshness.always());
        assertThat(find("x.y.z.web.shop.svc.cluster.local", Type.A).freshness()).isSameAs(Freshness.always());
        assertThat(find("x.10.2.0.192.in-addr.arpa", Type.PTR).freshness()).isSameAs(Freshness.always());
    }

    @Test
    void changeThatNobodyCanSeeEndsNothing() {
        Finding web = find("web.shop.svc.cluster.local", Type.A);
        Finding soa = find("cluster.local", Type.SOA);
        backend.apply(service("shop", "web", "192.0.2.10"));
        assertThat(web).holds();
        assertThat(soa).holds();
        backend.apply(service("shop", "web", "192.0.2.11"));
        assertThat(soa).holdsNoMore();
    }
}
