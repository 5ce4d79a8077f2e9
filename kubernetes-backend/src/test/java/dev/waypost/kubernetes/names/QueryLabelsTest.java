package dev.waypost.kubernetes.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Client;
import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.Transport;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

@DisplayName("Labels about queries: what a name means, and whose pod asks")
class QueryLabelsTest {
    private static final List<String> PARTS = List.of(
            "kind", "namespace", "service", "endpoint", "port-name", "protocol", "cluster", "zone", "parse-error");
    private static final String POD = """
            {kind: Pod, metadata: {name: web-0, namespace: shop, labels: {app: web, app.kubernetes.io/part-of: shop}},
             status: {podIP: 198.51.100.1}}
            """;

    private static String labels(MetadataSource source, String qname) {
        Query query = Query.of(Zones.name(qname), Type.A);
        return PARTS.stream()
                .flatMap(part -> source.value("kubernetes/" + part, query).map(value -> part + "=" + value).stream())
                .filter(text -> !text.endsWith("="))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster.local. | ''",
                "svc.cluster.local. | ''",
                "pod.cluster.local. | ''",
                "shop.svc.cluster.local. | kind=svc namespace=shop",
                "Web.Shop.SVC.cluster.local. | kind=svc namespace=shop service=web",
                "first.web.shop.svc.cluster.local. | kind=svc namespace=shop service=web endpoint=first",
                "_http._tcp.web.shop.svc.cluster.local. | kind=svc namespace=shop service=web port-name=http protocol=tcp",
                "http.tcp.web.shop.svc.cluster.local. | kind=svc namespace=shop service=web port-name=http protocol=tcp",
                "_._tcp.web.shop.svc.cluster.local. | kind=svc namespace=shop service=web protocol=tcp",
                "eu-1.pin._zone.web.shop.svc.cluster.local. | kind=svc namespace=shop service=web zone=eu-1",
                "shop.pod.cluster.local. | kind=pod namespace=shop",
                "198-51-100-1.shop.pod.cluster.local. | kind=pod namespace=shop service=198-51-100-1",
                "one.east.web.shop.svc.clusterset.local. | kind=svc namespace=shop service=web endpoint=one cluster=east",
                "a.b.c.d.web.shop.svc.cluster.local. | parse-error=invalid query name",
                "www.example.com.cluster.local. | parse-error=invalid query name",
                "dns-version.cluster.local. | parse-error=invalid query name",
                "ns.dns.cluster.local. | parse-error=invalid query name",
                "10.2.0.192.in-addr.arpa. | parse-error=invalid query name",
                "in-addr.arpa. | ''",
                "www.example.com. | ''",
            })
    void nameTellsItsPartsWhetherOrNotItExists(String qname, String expected) {
        KubernetesBackend backend = KubernetesBackend.inMemory()
                .zones("cluster.local", "clusterset.local", "in-addr.arpa")
                .multicluster("clusterset.local")
                .zonal()
                .build();
        assertThat(labels(backend.labels(), qname)).isEqualTo(expected);
    }

    @Test
    void partThatANameHasNotIsEmptyAndALabelOfNobodyIsNone() {
        MetadataSource labels = KubernetesBackend.inMemory().build().labels();
        Query query = Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A);
        assertThat(labels.value("kubernetes/endpoint", query)).contains("");
        assertThat(labels.value("kubernetes/cluster", query)).isEmpty();
        assertThat(labels.value("kubernetes/zone", query)).isEmpty();
        assertThat(labels.value("kubernetes/other", query)).isEmpty();
        assertThat(labels.value("forward/upstream", query)).isEmpty();
        assertThat(labels.value("kubernetes/client-namespace", query)).isEmpty();
    }

    private static Query from(String client, String qname) throws UnknownHostException {
        Query query = Query.of(Zones.name(qname), Type.A);
        Client asker = new Client(InetAddress.getByName(client), 5353, Transport.UDP);
        return new Query(query.qname(), Type.A, 1, true, false, query.edns(), asker, query.deadlineNanos(), List.of());
    }

    @Test
    void podsAreKnownByTheirAddressForAnyName() throws UnknownHostException {
        KubernetesBackend backend =
                KubernetesBackend.inMemory().pods(PodRecords.VERIFIED).build();
        backend.apply(POD);
        MetadataSource labels = backend.labels();
        Query query = from("198.51.100.1", "www.example.com");
        assertThat(labels.value("kubernetes/client-namespace", query)).contains("shop");
        assertThat(labels.value("kubernetes/client-pod-name", query)).contains("web-0");
        assertThat(labels.value("kubernetes/client-label/app", query)).contains("web");
        assertThat(labels.value("kubernetes/client-label/app.kubernetes.io/part-of", query))
                .contains("shop");
        assertThat(labels.value("kubernetes/client-label/other", query)).isEmpty();
        assertThat(labels.value("kubernetes/client-namespace", from("198.51.100.2", "www.example.com")))
                .isEmpty();
        long serial = serial(backend);
        backend.apply(POD.replace("app: web", "app: api"));
        assertThat(labels.value("kubernetes/client-label/app", query)).contains("api");
        assertThat(serial(backend)).isEqualTo(serial); // no name depends on a pod's labels
        backend.replace("");
        assertThat(labels.value("kubernetes/client-label/app", query)).isEmpty();
        assertThat(labels.value("kubernetes/client-namespace", query)).isEmpty();
    }

    private static long serial(KubernetesBackend backend) {
        return ((SOARecord) backend.zones().get(0).soa().records().get(0)).getSerial();
    }

    @Test
    void labelsOfWatchedPodsAreKeptOnlyWhereTheyAreWanted() throws UnknownHostException {
        Query query = from("198.51.100.1", "www.example.com");
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.putNamespace("shop");
            api.put(
                    "pods",
                    "shop/web-0",
                    "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web-0\",\"uid\":\"u\",\"resourceVersion\":\"$VERSION\","
                            + "\"labels\":{\"app\":\"web\"}},\"status\":{\"podIP\":\"198.51.100.1\"}}");
            try (KubernetesBackend kept = KubernetesBackend.api(api.url())
                            .pods(PodRecords.VERIFIED)
                            .podLabels()
                            .build();
                    KubernetesBackend plain = KubernetesBackend.api(api.url())
                            .pods(PodRecords.VERIFIED)
                            .build()) {
                kept.start();
                plain.start();
                await().until(() ->
                        kept.readiness().ready() && plain.readiness().ready());
                assertThat(kept.labels().value("kubernetes/client-label/app", query))
                        .contains("web");
                assertThat(plain.labels().value("kubernetes/client-label/app", query))
                        .isEmpty();
                assertThat(plain.labels().value("kubernetes/client-pod-name", query))
                        .contains("web-0");
            }
        }
    }
}
