package dev.waypost.kubernetes.names;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("Several clusters in one process")
class InstancesTest {
    private static final String WEB =
            "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: %s}}\n---\n";
    private static final String PARTNER = "{apiVersion: v1, kind: Service, metadata: {name: partner, namespace: shop},"
            + " spec: {type: ExternalName, externalName: %s}}\n---\n";

    @TempDir
    private Path folder;

    private static KubernetesBackend cluster(String zone, String manifest) {
        KubernetesBackend backend = KubernetesBackend.inMemory().zones(zone).build();
        backend.replace(manifest);
        return backend;
    }

    private static Resolution ask(DnsEngine engine, String qname, int qtype) {
        return engine.resolve(Query.of(Zones.name(qname), qtype));
    }

    @Test
    void clustersShareNothing() {
        KubernetesBackend east = cluster("east.example", WEB.formatted("192.0.2.10"));
        KubernetesBackend west = cluster("west.example", WEB.formatted("192.0.2.20"));
        try (DnsEngine engine =
                DnsEngine.builder().backend(east).backend(west).build().start()) {
            Resolution before = ask(engine, "web.shop.svc.east.example", Type.A);
            west.replace(WEB.formatted("192.0.2.21"));
            assertThat(before).holds().answers("web.shop.svc.east.example. 5 A 192.0.2.10");
            assertThat(ask(engine, "web.shop.svc.west.example", Type.A))
                    .answers("web.shop.svc.west.example. 5 A 192.0.2.21");
            west.replace("");
            assertThat(ask(engine, "web.shop.svc.west.example", Type.A)).isNxDomain();
            assertThat(ask(engine, "web.shop.svc.east.example", Type.A))
                    .answers("web.shop.svc.east.example. 5 A 192.0.2.10");
        }
    }

    @Test
    void aliasLeadsFromOneClusterIntoTheOther() {
        KubernetesBackend east = cluster("east.example", PARTNER.formatted("web.shop.svc.west.example"));
        KubernetesBackend west = cluster("west.example", WEB.formatted("192.0.2.20"));
        try (DnsEngine engine =
                DnsEngine.builder().backend(east).backend(west).build().start()) {
            Resolution answer = ask(engine, "partner.shop.svc.east.example", Type.A);
            assertThat(answer)
                    .answers(
                            "partner.shop.svc.east.example. 5 CNAME web.shop.svc.west.example.",
                            "web.shop.svc.west.example. 5 A 192.0.2.20");
            west.replace(WEB.formatted("192.0.2.21"));
            assertThat(answer).holdsNoMore();
            assertThat(ask(engine, "partner.shop.svc.east.example", Type.A))
                    .hasAnswer(
                            "partner.shop.svc.east.example. 5 CNAME web.shop.svc.west.example.",
                            "web.shop.svc.west.example. 5 A 192.0.2.21");
            west.replace("");
            assertThat(ask(engine, "partner.shop.svc.east.example", Type.A))
                    .hasRcode(Rcode.NXDOMAIN)
                    .hasAnswer("partner.shop.svc.east.example. 5 CNAME web.shop.svc.west.example.")
                    .hasSoa("west.example.", 5);
        }
    }

    @Test
    void aliasesThatLeadInACircleThroughTwoClustersEnd() {
        KubernetesBackend east = cluster("east.example", PARTNER.formatted("partner.shop.svc.west.example"));
        KubernetesBackend west = cluster("west.example", PARTNER.formatted("partner.shop.svc.east.example"));
        try (DnsEngine engine =
                DnsEngine.builder().backend(east).backend(west).build().start()) {
            assertThat(ask(engine, "partner.shop.svc.east.example", Type.A))
                    .answers(
                            "partner.shop.svc.east.example. 5 CNAME partner.shop.svc.west.example.",
                            "partner.shop.svc.west.example. 5 CNAME partner.shop.svc.east.example.");
        }
    }

    @Test
    void corefileNamesSeveralInOneBlockAndInSeveral() throws IOException {
        Files.writeString(folder.resolve("east.yaml"), WEB.formatted("192.0.2.10"));
        Files.writeString(folder.resolve("west.yaml"), WEB.formatted("192.0.2.20"));
        Files.writeString(folder.resolve("north.yaml"), WEB.formatted("192.0.2.30"));
        String corefile = """
                .:1053 {
                    kubernetes east.example {
                        manifests east.yaml
                    }
                    kubernetes west.example {
                        manifests west.yaml
                        ttl 7
                    }
                }
                north.example:1053 {
                    kubernetes {
                        manifests north.yaml
                    }
                }
                """;
        try (DnsEngine engine = DnsEngine.of(CorefilePlanner.installed().plan(corefile, "Corefile", folder))
                .start()) {
            assertThat(ask(engine, "web.shop.svc.east.example", Type.A))
                    .answers("web.shop.svc.east.example. 5 A 192.0.2.10");
            assertThat(ask(engine, "web.shop.svc.west.example", Type.A))
                    .answers("web.shop.svc.west.example. 7 A 192.0.2.20");
            assertThat(ask(engine, "web.shop.svc.north.example", Type.A))
                    .answers("web.shop.svc.north.example. 5 A 192.0.2.30");
            assertThat(engine.readiness())
                    .allSatisfy(
                            (name, readiness) -> assertThat(readiness.ready()).isTrue());
        }
    }
}
