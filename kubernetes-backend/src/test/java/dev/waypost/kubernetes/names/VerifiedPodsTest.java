package dev.waypost.kubernetes.names;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

@DisplayName("Pods verified")
class VerifiedPodsTest {
    private final KubernetesBackend backend = KubernetesBackend.inMemory()
            .zones("cluster.local", "in-addr.arpa")
            .pods(PodRecords.VERIFIED)
            .build();

    private static String pod(String namespace, String name, String status) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s}
                status: {%s}
                """.formatted(name, namespace, status);
    }

    @Test
    void onlyAddressesOfPodsInThatNamespaceHaveNames() {
        backend.apply(pod("shop", "web-0", "phase: Running, podIP: 198.51.100.1, podIPs: [{ip: 198.51.100.1}]"));
        backend.apply(pod("billing", "web-0", "podIP: 198.51.100.2"));
        Transcript.check(backend, """
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                198-51-100-1.SHOP.Pod.Cluster.Local. A = 198.51.100.1
                198-51-100-1.shop.pod.cluster.local. AAAA = NODATA
                198-51-100-1.shop.pod.cluster.local. TXT = NODATA
                198-51-100-2.shop.pod.cluster.local. A = NXDOMAIN
                198-51-100-2.shop.pod.cluster.local. TXT = NXDOMAIN
                198-51-100-2.billing.pod.cluster.local. A = 198.51.100.2
                198-51-100-1.missing.pod.cluster.local. A = NXDOMAIN
                web-0.shop.pod.cluster.local. A = NXDOMAIN
                x.198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN
                shop.pod.cluster.local. A = NODATA
                missing.pod.cluster.local. A = NXDOMAIN
                pod.cluster.local. A = NODATA
                """);
    }

    @Test
    @DisplayName("addresses are octets, so both families and every spelling work")
    void bothAddressesOfADualStackPodHaveNames() {
        backend.apply(
                pod("shop", "dual", "podIP: 198.51.100.1, podIPs: [{ip: 198.51.100.1}, {ip: '2001:DB8:0:0::1'}]"));
        Transcript.check(backend, """
                198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1
                2001-db8--1.shop.pod.cluster.local. AAAA = 2001:db8::1
                2001-0db8-0-0-0-0-0-1.shop.pod.cluster.local. AAAA = 2001:db8::1
                2001-db8-0-0--1.shop.pod.cluster.local. AAAA = 2001:db8::1
                2001-db8--1.shop.pod.cluster.local. A = NODATA
                --ffff-c633-6401.shop.pod.cluster.local. A = 198.51.100.1
                2001-db8--2.shop.pod.cluster.local. AAAA = NXDOMAIN
                """);
    }

    @Test
    void podThatHasEndedHasNoName() {
        for (String phase : new String[] {"Succeeded", "Failed", "Unknown"}) {
            backend.apply(pod("shop", "job", "phase: Running, podIP: 198.51.100.1"));
            Transcript.check(backend, "198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1");
            backend.apply(pod("shop", "job", "phase: " + phase + ", podIP: 198.51.100.1"));
            Transcript.check(backend, "198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN");
        }
    }

    @Test
    void podFirstSeenWhileItIsDeletedIsNotStored() {
        String leaving = pod("shop", "web-0", "podIP: 198.51.100.1")
                .replace("namespace:", "deletionTimestamp: '2026-11-01T00:00:00Z', namespace:");
        backend.apply(leaving);
        Transcript.check(backend, "198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN");
        backend.apply(pod("shop", "web-0", "podIP: 198.51.100.1"));
        backend.apply(leaving);
        Transcript.check(backend, "198-51-100-1.shop.pod.cluster.local. A = 198.51.100.1");
        backend.delete(leaving);
        Transcript.check(backend, "198-51-100-1.shop.pod.cluster.local. A = NXDOMAIN");
    }

    @Test
    void podsOnTheirHostsNetworkShareOneAddress() {
        backend.apply(pod("shop", "agent-1", "podIP: 198.51.100.9") + "---\n"
                + pod("shop", "agent-2", "podIP: 198.51.100.9") + "---\n"
                + pod("billing", "agent-3", "podIP: 198.51.100.9"));
        backend.delete(pod("shop", "agent-1", ""));
        Transcript.check(backend, """
                198-51-100-9.shop.pod.cluster.local. A = 198.51.100.9
                198-51-100-9.billing.pod.cluster.local. A = 198.51.100.9
                """);
        backend.delete(pod("shop", "agent-2", ""));
        Transcript.check(backend, """
                198-51-100-9.shop.pod.cluster.local. A = NXDOMAIN
                198-51-100-9.billing.pod.cluster.local. A = 198.51.100.9
                """);
    }

    @Test
    void reverseNamesComeFromSlicesOnly() {
        backend.apply(pod("shop", "web-0", "podIP: 198.51.100.1"));
        Transcript.check(backend, "1.100.51.198.in-addr.arpa. PTR = NXDOMAIN");
    }

    @Test
    void unusableAddressIsRefusedInAManifest() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> backend.apply(pod("shop", "web-0", "podIP: web.example")))
                .hasMessageContaining("podIPs wants addresses, found \"web.example\"");
    }

    @Test
    void changedPodEndsWhatWasSaidOfItsAddressesAndNothingElse() {
        backend.apply(
                pod("shop", "web-0", "podIP: 198.51.100.1") + "---\n" + pod("shop", "web-1", "podIP: 198.51.100.2"));
        Finding changed = find("198-51-100-1");
        Finding other = find("198-51-100-2");
        Finding absent = find("198-51-100-3");
        long serial = serial();
        backend.apply(pod("shop", "web-0", "phase: Running, podIP: 198.51.100.1"));
        assertThat(changed).holds();
        assertThat(serial()).isEqualTo(serial);
        backend.apply(pod("shop", "web-0", "podIP: 198.51.100.3"));
        assertThat(changed).holdsNoMore();
        assertThat(absent).isNxDomain().holdsNoMore();
        assertThat(other).holds();
        assertThat(serial()).isGreaterThan(serial);
        Finding gone = find("198-51-100-1");
        backend.apply(pod("shop", "web-2", "podIP: 198.51.100.1"));
        assertThat(gone).isNxDomain().holdsNoMore();
        backend.replace("");
        assertThat(other).holdsNoMore();
    }

    private Finding find(String label) {
        return Transcript.find(backend, Zones.name(label + ".shop.pod.cluster.local"), Type.A);
    }

    private long serial() {
        return ((SOARecord) backend.zones().get(0).soa().records().get(0)).getSerial();
    }
}
