package dev.waypost.kubernetes;

import static dev.waypost.testing.DnsAssertions.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.testing.Patience;
import dev.waypost.testing.Zones;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

@DisplayName("Options of the watch, in a Corefile and in Java")
class WatchOptionsTest {
    private static EnginePlan plan(String zones, String options, String others) {
        String corefile = ".:1053 {\n    kubernetes " + zones + " {\n        " + options.replace("; ", "\n        ")
                + "\n    }\n    " + others + "\n}\n";
        return CorefilePlanner.installed().plan(corefile, "Corefile", Path.of("."));
    }

    @Test
    void onDemandIsServed() {
        try (ScriptedApiServer api = ScriptedApiServer.start()) {
            api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
            String options = "endpoint " + api.url() + "; on_demand 4 2m 3s; stale_after 30s; unready_after 10m";
            try (DnsEngine engine =
                    DnsEngine.of(plan("cluster.local", options, "")).start()) {
                assertThat(engine.readiness().values()).allMatch(part -> part.ready());
                Query query = Query.of(Zones.name("web.shop.svc.cluster.local"), Type.A)
                        .withDeadline(Ticker.SYSTEM.nanoTime() + Patience.LIMIT.toNanos());
                Response response = (Response) settled(engine.resolve(query));
                assertThat(Zones.lines(response.answer().get(0)))
                        .containsExactly("web.shop.svc.cluster.local. 5 A 192.0.2.10");
                assertThat(api.requests())
                        .extracting(ApiRequest::toString)
                        .contains("list services shop/web")
                        .noneMatch(request -> request.startsWith("get"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster.local | on_demand; pods verified | 2:5: kubernetes backend: 'on_demand' wants nothing that must know the whole cluster, found 'pods verified'",
                "cluster.local | on_demand; namespace_labels a=b | 2:5: kubernetes backend: 'on_demand' wants nothing that must know the whole cluster, found 'namespace_labels'",
                "cluster.local clusterset.local | on_demand; multicluster clusterset.local | 2:5: kubernetes backend: 'on_demand' wants nothing that must know the whole cluster, found the zone clusterset.local.",
                "cluster.local | on_demand 0 | 3:19: 'on_demand' wants a number 1..1000, found \"0\"",
                "cluster.local | on_demand 8 5 | 3:21: 'on_demand' wants a duration as 5s or 1m30s, found \"5\"",
                "cluster.local | on_demand 8 10ms | 3:9: kubernetes backend: 'on_demand' wants an idle time from 1 s on, found PT0.01S",
                "cluster.local | on_demand 8 5m 5s 1 | 3:9: 'on_demand' wants [WATCHES [IDLE [ABSENCE]]], found 4 arguments",
                "cluster.local | stale_after soon | 3:21: 'stale_after' wants a duration as 5s or 1m30s, found \"soon\"",
                "cluster.local | unready_after | 3:9: 'unready_after' wants",
                "cluster.local | manifests none.yaml; on_demand | 2:5: kubernetes backend: 'on_demand' wants a cluster behind an API, found manifests(...)",
            })
    void whatCannotWorkIsRefusedWithItsPlace(String zones, String options, String fault) {
        assertThatThrownBy(() -> plan(zones, options, ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:" + fault);
    }

    @Test
    void servicesFromOutsideWantTheWholeCluster() {
        assertThatThrownBy(() -> plan("cluster.local", "on_demand", "k8s_external example.org"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:3:9: 'on_demand' does not go with 'k8s_external', which wants the whole cluster");
        try (ScriptedApiServer api = ScriptedApiServer.start();
                KubernetesBackend backend = KubernetesBackend.api(api.url())
                        .onDemand(OnDemand.DEFAULT)
                        .build()) {
            assertThatThrownBy(() -> backend.external("example.org"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("kubernetes backend: 'k8s_external' wants the whole cluster, found 'on_demand'");
        }
    }

    @Test
    void boundsAreChecked() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new OnDemand(1, 1, second, second))
                .hasMessageContaining("to widen after 2 services or more, found 1");
        assertThatThrownBy(() -> new OnDemand(1, 2, second, Duration.ZERO))
                .hasMessageContaining("an absence from 1 s on, found PT0S");
        assertThatThrownBy(() -> new OnDemand(1001, 2, second, second)).hasMessageContaining("1..1000 watches");
    }
}
