package dev.waypost.kubernetes.autopath;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.Query;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.kubernetes.KubernetesDirective;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AutopathDirectiveTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("resolv.conf"), """
                # office
                search old.example
                search one.example two.example # both
                nameserver 192.0.2.53
                """);
        Files.writeString(folder.resolve("broken.conf"), "search ok.example a..b\n");
        Files.writeString(folder.resolve("many.conf"), "search " + "a.example ".repeat(33) + "\n");
        Files.writeString(folder.resolve("none.conf"), "nameserver 192.0.2.53\n");
        Files.writeString(folder.resolve("cluster.yaml"), "kind: Namespace\napiVersion: v1\nmetadata: {name: shop}\n");
    }

    private EnginePlan plan(String directive) {
        return CorefilePlanner.installed().plan("example:1053 {\n  " + directive + """

                  hosts {
                    192.0.2.10 web.two.example
                    fallthrough
                  }
                }
                """, "Corefile", folder);
    }

    @Test
    void aResolvConfsSearchListIsWalked() {
        EnginePlan plan = plan("autopath resolv.conf");
        try (DnsEngine engine = DnsEngine.of(plan).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("web.one.example"), Type.A)))
                    .answers("web.one.example. 3600 CNAME web.two.example.", "web.two.example. 3600 A 192.0.2.10");
        }
        List<Metric> metrics = new ArrayList<>();
        plan.attachments(MetricSource.class).forEach(source -> source.collect(metrics::add));
        assertThat(metrics).singleElement().isInstanceOfSatisfying(Metric.Counter.class, counter -> {
            assertThat(counter.name()).isEqualTo("coredns_autopath_success_total");
            assertThat(counter.labels()).containsEntry("server", "dns://:1053");
            assertThat(counter.value()).isEqualTo(1);
        });
    }

    @Test
    void zonesLimitWhereItActs() {
        try (DnsEngine engine =
                DnsEngine.of(plan("autopath three.example resolv.conf")).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("web.one.example"), Type.A)))
                    .hasAnswer();
        }
    }

    @Test
    void aResolvConfWithoutSearchChangesNothing() {
        assertThat(plan("autopath none.conf").attachments(MetricSource.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autopath | Corefile:2:3: 'autopath' wants [ZONES...] and RESOLV-CONF or @kubernetes, found nothing",
                "autopath @erratic | Corefile:2:12: 'autopath' wants @kubernetes or a resolv.conf file, found \"@erratic\"",
                "autopath @kubernetes | Corefile:2:12: 'autopath @kubernetes' wants 'kubernetes' in the same server block",
                "autopath missing.conf | Corefile:2:12: 'autopath' cannot use this file: ",
                "autopath example broken.conf | broken.conf:1: 'search' wants domain names, found \"a..b\"",
                "autopath many.conf | many.conf:1: 'search' wants at most 32 domains, found 33",
            })
    void whatCannotBeUsedIsRefusedAtItsPlace(String directive, String fault) {
        assertThatThrownBy(() -> plan(directive))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:2:")
                .hasMessageContaining(fault);
    }

    @Test
    void aClusterThatDoesNotKnowItsPodsIsRefused() {
        assertThatThrownBy(() -> plan("autopath @kubernetes\n  kubernetes {\n    manifests cluster.yaml\n  }\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:2:12: 'autopath @kubernetes' wants 'pods verified'");
    }

    /** Pods' addresses stand where the probe's client does, so that the client is one of them. */
    private EnginePlan clusterPlan(String... podNamespaces) throws IOException {
        StringBuilder manifest = new StringBuilder("""
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {clusterIP: 192.0.2.10}
                """);
        for (String namespace : podNamespaces) {
            manifest.append("""
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: client, namespace: %s}
                    status: {podIP: 127.0.0.1, podIPs: [{ip: 127.0.0.1}]}
                    """.formatted(namespace));
        }
        Files.writeString(folder.resolve("cluster.yaml"), manifest);
        return CorefilePlanner.of(
                        List.of(new AutopathDirective(folder.resolve("resolv.conf")), new KubernetesDirective()))
                .plan("""
                        cluster.local:1053 {
                          autopath @kubernetes
                          kubernetes {
                            manifests cluster.yaml
                            pods verified
                          }
                        }
                        """, "Corefile", folder);
    }

    @Test
    void aPodsNamespaceIsFoundByItsAddressAndItsNextReplyIsMadeAnew() throws IOException {
        EnginePlan plan = clusterPlan("bank");
        try (DnsEngine engine = DnsEngine.of(plan).start()) {
            WireProbe probe = WireProbe.imaging(16, engine::resolve);
            byte[] query = WireMessages.query("web.shop.bank.svc.cluster.local.", Type.A)
                    .bytes();
            for (int i = 0; i < 2; i++) {
                assertThat(probe.udpMessage(query).getSection(Section.ANSWER))
                        .extracting(record -> record.getName() + " " + record.rdataToString())
                        .containsExactly(
                                "web.shop.bank.svc.cluster.local. web.shop.svc.cluster.local.",
                                "web.shop.svc.cluster.local. 192.0.2.10");
            }
            assertThat(probe.asked()).hasSize(2);
            poll(plan, "market"); // longer: one tick of the file system's clock may see both
            assertThat(probe.udpMessage(query).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    /** Lets the client's pod be in another namespace from now on. */
    private void poll(EnginePlan plan, String namespace) throws IOException {
        clusterPlan(namespace);
        plan.tasks().forEach(task -> task.work().run());
    }

    @Test
    void anAddressThatPodsOfSeveralNamespacesShareTellsNone() throws IOException {
        try (DnsEngine engine = DnsEngine.of(clusterPlan("bank", "shop")).start()) {
            assertThat(engine.resolve(Query.of(Zones.name("web.shop.bank.svc.cluster.local"), Type.A)))
                    .isNxDomain()
                    .holdsNoMore();
        }
    }
}
