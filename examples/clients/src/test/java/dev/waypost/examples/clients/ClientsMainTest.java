package dev.waypost.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.engine.DnsEngine;
import dev.waypost.testkit.FakeCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClientsMainTest {
    @Test
    void bothClientsFollowTheServiceFromRequestToRequest() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ClientsMain.run(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "OkHttp reached 127.0.0.1",
                        "Apache HttpClient reached 127.0.0.1",
                        "OkHttp reached 127.0.0.2",
                        "Apache HttpClient reached 127.0.0.2");
    }

    @Test
    void aMissingNameIsAnUnknownHostThatSaysWhatWasTried() throws Exception {
        FakeCluster cluster = new FakeCluster();
        cluster.service("shop", "web").endpoints("192.0.2.1");
        try (DnsEngine engine = cluster.engine("shop")) {
            assertThatThrownBy(() -> new OkHttpNames(engine).lookup("nobody"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("nobody.shop.svc.cluster.local.");
            assertThatThrownBy(() -> new ApacheNames(engine).resolve("nobody"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("nobody.shop.svc.cluster.local.");
            assertThat(new ApacheNames(engine).resolveCanonicalHostname("web")).isEqualTo("web.shop.svc.cluster.local");
        }
    }
}
