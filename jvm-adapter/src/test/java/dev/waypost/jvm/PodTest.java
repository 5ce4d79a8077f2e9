package dev.waypost.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.ZonePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

@DisplayName("The engine of a pod, from what Kubernetes tells every container")
class PodTest {
    @TempDir
    private Path folder;

    private Pod pod(String resolvConf) throws IOException {
        Files.writeString(folder.resolve("token"), "t");
        Files.writeString(folder.resolve("namespace"), "shop\n");
        return new Pod(Optional.of("192.0.2.1"), folder, Files.writeString(folder.resolve("resolv.conf"), resolvConf));
    }

    @Test
    void itAnswersForTheClusterDomainThatThePodSearches() throws IOException {
        Pod pod = pod(
                "nameserver 192.0.2.53\nsearch billing.svc.c1.example svc.c1.example c1.example\noptions ndots:5\n");
        pod.check();
        try (DnsEngine engine = pod.engine()) {
            assertThat(engine.plan().zones().stream().map(ZonePlan::origin).map(Name::toString))
                    .contains("c1.example.", "in-addr.arpa.", "ip6.arpa.");
            assertThat(engine.addresses("orders").toString()).contains("orders.billing.svc.c1.example.");
        }
    }

    @Test
    void withAnotherDnsPolicyItIsClusterLocalAndTheNamespaceOfTheServiceAccount() throws IOException {
        Pod pod = pod("search office.example\n");
        pod.check();
        try (DnsEngine engine = pod.engine()) {
            assertThat(engine.plan().zones().stream().map(ZonePlan::origin).map(Name::toString))
                    .contains("cluster.local.");
            assertThat(engine.addresses("orders").toString()).contains("orders.shop.svc.cluster.local.");
        }
    }

    @Test
    void outsideOfAPodItIsRefused() {
        assertThatThrownBy(new Pod(Optional.empty(), folder, folder)::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("KUBERNETES_SERVICE_HOST: is not set: this process is in no pod, so a Corefile is wanted");
    }

    @Test
    void aPodWithoutAServiceAccountIsRefused() {
        assertThatThrownBy(new Pod(Optional.of("192.0.2.1"), folder.resolve("none"), folder)::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token: cannot be read")
                .hasMessageContaining("automountServiceAccountToken");
    }
}
