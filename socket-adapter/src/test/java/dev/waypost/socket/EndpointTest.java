package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.Lifecycle;
import dev.waypost.Readiness;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static final String ANY = "127.0.0.1:0";

    private DnsEngine engine;
    private DnsServer server;

    private void serve(EnginePlan plan) {
        engine = DnsEngine.of(plan).start();
        server = DnsServer.builder(engine)
                .options(TestPlans.QUICK)
                .ticker(new FakeTicker()) // a client that is slow to ask is not cut off
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri).timeout(Patience.LIMIT).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return server.endpoints().stream()
                .filter(each -> each.getPath().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String said(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    @Test
    void healthIsOkWhileTheServerLives() throws Exception {
        serve(TestPlans.saying("192.0.2.1")
                .attach(HttpEndpoint.health(ANY, Duration.ZERO))
                .build());

        assertThat(said(get(uri("/health")))).isEqualTo("200 OK");
        assertThat(get(uri("/health").resolve("/other")).statusCode()).isEqualTo(404);
    }

    @Test
    void lameduckGoesOnAnsweringAndSaysNotReady() throws Exception {
        serve(TestPlans.saying("192.0.2.1", TestPlans.loopback())
                .attach(HttpEndpoint.health(ANY, Duration.ofHours(1)))
                .attach(HttpEndpoint.ready(ANY, false))
                .build());
        URI health = uri("/health");
        URI ready = uri("/ready");
        assertThat(said(get(ready))).isEqualTo("200 OK");
        Thread closing = new Thread(server::close);
        closing.start();

        await().until(() -> said(get(ready)).equals("503 stopping"));
        assertThat(said(get(health))).isEqualTo("200 OK");
        assertThat(Wire.address(server.addresses().get(0), TestPlans.HOST)).isEqualTo("192.0.2.1");

        closing.interrupt(); // the hour is not waited for
        closing.join(Wire.PATIENCE_MILLIS);
        assertThatThrownBy(() -> get(health)).isInstanceOf(IOException.class);
    }

    @Test
    void readyNamesThePartsThatAreNotAndStaysReadyOnceItWas() throws Exception {
        Part zones = new Part("zones");
        Part kubernetes = new Part("kubernetes");
        serve(TestPlans.saying("192.0.2.1")
                .lifecycle(zones)
                .lifecycle(kubernetes)
                .attach(HttpEndpoint.ready(ANY, false))
                .build());

        assertThat(said(get(uri("/ready")))).isEqualTo("503 zones,kubernetes\nzones: its data\nkubernetes: its data");
        zones.readiness = Readiness.READY;
        assertThat(said(get(uri("/ready")))).isEqualTo("503 kubernetes\nkubernetes: its data");
        kubernetes.readiness = Readiness.READY;
        zones.readiness = Readiness.waitingFor("its data");
        assertThat(said(get(uri("/ready")))).isEqualTo("200 OK");
    }

    @Test
    void readyCanBeAskedContinuously() throws Exception {
        Part zones = new Part("zones");
        zones.readiness = Readiness.READY;
        serve(TestPlans.saying("192.0.2.1")
                .lifecycle(zones)
                .attach(HttpEndpoint.ready(ANY, true))
                .build());

        assertThat(said(get(uri("/ready")))).isEqualTo("200 OK");
        zones.readiness = Readiness.waitingFor("its data");
        assertThat(get(uri("/ready")).statusCode()).isEqualTo(503);
    }

    @Test
    void pagesOfOneAddressShareItAndKeepItAcrossPlans() throws Exception {
        EnginePlan plan = TestPlans.saying("192.0.2.1")
                .attach(HttpEndpoint.health(ANY, Duration.ZERO))
                .attach(HttpEndpoint.ready(ANY, false))
                .build();
        serve(plan);
        URI health = uri("/health");
        assertThat(uri("/ready").getPort()).isEqualTo(health.getPort());

        server.reload(TestPlans.saying("192.0.2.2")
                .attach(HttpEndpoint.health(ANY, Duration.ZERO))
                .build());

        assertThat(said(get(health))).isEqualTo("200 OK");
        assertThat(get(health.resolve("/ready")).statusCode()).isEqualTo(404);
    }

    @Test
    void aHeadRequestGetsNoBody() throws Exception {
        serve(TestPlans.saying("192.0.2.1")
                .attach(HttpEndpoint.health(ANY, Duration.ZERO))
                .build());
        HttpRequest head = HttpRequest.newBuilder(uri("/health"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(said(HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.ofString())))
                .isEqualTo("200 ");
    }

    private static final class Part implements Lifecycle {
        private final String name;
        private volatile Readiness readiness = Readiness.waitingFor("its data");

        Part(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {}

        @Override
        public Readiness readiness() {
            return readiness;
        }

        @Override
        public void close() {}
    }
}
