package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.ReloadSettings;
import dev.waypost.corefile.Statement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CorefileServerTest {
    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("Corefile"), text);
    }

    /** The installed directives, with one that answers an address in the place of {@code whoami}. */
    private static CorefilePlanner planner() {
        List<DirectiveFactory> directives = new ArrayList<>(ServiceLoader.load(DirectiveFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> !each.name().equals("whoami") && !each.name().equals("reload"))
                .toList());
        directives.add(new Answer());
        directives.add(new OftenReload());
        return CorefilePlanner.of(directives);
    }

    private static CorefileServer start(Path corefile) {
        return CorefileServer.start(corefile, planner(), TestPlans.QUICK);
    }

    private static InetSocketAddress address(CorefileServer server) {
        return server.server().addresses().get(0);
    }

    private static String page(CorefileServer server, String path) throws IOException, InterruptedException {
        URI uri = server.server().endpoints().stream()
                .filter(each -> each.getPath().equals(path))
                .findFirst()
                .orElseThrow();
        return EndpointTest.get(uri).body();
    }

    @Test
    void aCorefileIsServedWithItsEndpoints() throws Exception {
        Path corefile = write("""
                .:0 {
                    bind 127.0.0.1
                    errors
                    health 127.0.0.1:0 {
                        lameduck 10ms
                    }
                    ready 127.0.0.1:0
                    prometheus 127.0.0.1:0
                    whoami 192.0.2.1
                }
                """);
        try (CorefileServer server = start(corefile)) {
            assertThat(Wire.address(address(server), "www.example.org.")).isEqualTo("192.0.2.1");
            assertThat(page(server, "/health")).isEqualTo("OK");
            assertThat(page(server, "/ready")).isEqualTo("OK");
        }
        StartAndStopTest.assertNoThreadIsLeft();
    }

    @Test
    void metricsHaveCoreDnsNamesLabelsAndBuckets() throws Exception {
        Path corefile = write("""
                example.org:0 example.net:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    health 127.0.0.1:0
                    whoami 192.0.2.1
                }
                example.com:0 {
                    bind 127.0.0.1
                    whoami 192.0.2.2
                }
                """);
        try (CorefileServer server = start(corefile)) {
            Wire.udp(address(server), "www.example.org.", Type.A);
            Wire.tcp(address(server), "www.example.org.", Type.AAAA);
            Wire.udp(address(server), "www.example.net.", 65_280);
            Wire.udp(address(server), "www.example.com.", Type.A);
            Wire.udp(address(server), "elsewhere.example.", Type.A);

            String route = "server=\"dns://127.0.0.1:0\",";
            assertThat(page(server, "/metrics").lines())
                    .contains(
                            "# TYPE coredns_dns_requests_total counter",
                            "coredns_dns_requests_total{family=\"1\",proto=\"udp\"," + route
                                    + "type=\"A\",view=\"\",zone=\"example.org.\"} 1.0",
                            "coredns_dns_requests_total{family=\"1\",proto=\"tcp\"," + route
                                    + "type=\"AAAA\",view=\"\",zone=\"example.org.\"} 1.0",
                            "coredns_dns_requests_total{family=\"1\",proto=\"udp\"," + route
                                    + "type=\"other\",view=\"\",zone=\"example.net.\"} 1.0",
                            "coredns_dns_requests_total{family=\"1\",proto=\"udp\"," + route
                                    + "type=\"A\",view=\"\",zone=\"dropped\"} 1.0",
                            "# TYPE coredns_dns_request_duration_seconds histogram",
                            "coredns_dns_request_duration_seconds_bucket{" + route
                                    + "view=\"\",zone=\"example.org.\",le=\"8.192\"} 2",
                            "coredns_dns_request_duration_seconds_count{" + route
                                    + "view=\"\",zone=\"example.org.\"} 2",
                            "coredns_dns_request_size_bytes_bucket{proto=\"udp\"," + route
                                    + "view=\"\",zone=\"example.org.\",le=\"100.0\"} 1",
                            "coredns_dns_response_size_bytes_sum{proto=\"udp\"," + route
                                    + "view=\"\",zone=\"example.org.\"} 49.0",
                            "coredns_dns_responses_total{plugin=\"whoami\",rcode=\"NOERROR\"," + route
                                    + "view=\"\",zone=\"example.org.\"} 2.0",
                            "coredns_dns_responses_total{plugin=\"\",rcode=\"REFUSED\"," + route
                                    + "view=\"\",zone=\"dropped\"} 1.0",
                            "coredns_plugin_enabled{name=\"whoami\"," + route + "view=\"\",zone=\"example.org.\"} 1.0",
                            "# TYPE coredns_build_info gauge",
                            "# TYPE coredns_panics_total counter",
                            "coredns_panics_total 0.0",
                            "# TYPE coredns_health_request_duration_seconds histogram",
                            "# TYPE coredns_health_request_failures_total counter",
                            "coredns_reload_failed_total 0.0",
                            "# TYPE coredns_reload_version_info gauge")
                    .noneMatch(line -> line.contains("zone=\"example.com.\"}"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void blocksWithTheSameMetricsAddressShareOnePage() throws Exception {
        Path corefile = write("""
                example.org:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    whoami 192.0.2.1
                }
                example.net:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0
                    whoami 192.0.2.2
                }
                """);
        try (CorefileServer server = start(corefile)) {
            Wire.address(address(server), "www.example.org.");
            Wire.address(address(server), "www.example.net.");

            assertThat(server.server().endpoints()).hasSize(1);
            assertThat(page(server, "/metrics").lines())
                    .anyMatch(line -> line.endsWith("type=\"A\",view=\"\",zone=\"example.org.\"} 1.0"))
                    .anyMatch(line -> line.endsWith("type=\"A\",view=\"\",zone=\"example.net.\"} 1.0"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void healthIsAskedFromWithinAndTimed() throws Exception {
        Path corefile = write(answering("192.0.2.1", "prometheus 127.0.0.1:0\n    health 127.0.0.1:0"));
        try (CorefileServer server = start(corefile)) {
            await().until(() -> !page(server, "/metrics").contains("coredns_health_request_duration_seconds_count 0"));
            assertThat(page(server, "/metrics").lines())
                    .anyMatch(line -> line.startsWith("coredns_health_request_failures_total "))
                    .anyMatch(line -> line.startsWith("coredns_health_request_duration_seconds_bucket{le=\"2.5\"}"));
        }
    }

    @Test
    void exceptionsOfResolversAreCountedAndAnsweredWithServfail() throws Exception {
        Path corefile = write(answering("not-an-address", "prometheus 127.0.0.1:0"));
        try (CorefileServer server = start(corefile)) {
            assertThat(Wire.udp(address(server), "www.example.org.", Type.A).getRcode())
                    .isEqualTo(Rcode.SERVFAIL);
            assertThat(page(server, "/metrics").lines()).contains("coredns_panics_total 1.0");
        }
    }

    @Test
    void countsGoOnAcrossReloads() throws Exception {
        Path corefile = write(answering("192.0.2.1", "prometheus 127.0.0.1:0"));
        try (CorefileServer server = start(corefile)) {
            InetSocketAddress address = address(server);
            Wire.address(address, "www.example.org.");
            write(answering("192.0.2.2", "prometheus 127.0.0.1:0"));
            assertThat(server.reloadNow()).isEqualTo(new ReloadOutcome.Reloaded());
            assertThat(Wire.address(address, "www.example.org.")).isEqualTo("192.0.2.2");

            assertThat(page(server, "/metrics"))
                    .contains("type=\"A\",view=\"\",zone=\".\"} 2.0")
                    .contains("coredns_reload_version_info{hash=\"sha512\",value=\"");
        }
    }

    @Test
    void aBadCorefileIsRefusedCountedAndTheOldOneGoesOn() throws Exception {
        Path corefile = write(answering("192.0.2.1", "prometheus 127.0.0.1:0"));
        try (CorefileServer server = start(corefile)) {
            write(answering("192.0.2.2", "nonsense"));

            assertThat(server.reloadNow())
                    .isInstanceOfSatisfying(
                            ReloadOutcome.Rejected.class,
                            rejected -> assertThat(rejected.cause())
                                    .isInstanceOf(ConfigurationException.class)
                                    .hasMessageContaining("Corefile:3:5: unknown directive 'nonsense'"));
            assertThat(Wire.address(address(server), "www.example.org.")).isEqualTo("192.0.2.1");
            assertThat(page(server, "/metrics").lines()).contains("coredns_reload_failed_total 1.0");
        }
    }

    @Test
    void reloadWatchesTheFile() throws Exception {
        Path corefile = write(answering("192.0.2.1", "reload"));
        try (CorefileServer server = start(corefile)) {
            InetSocketAddress address = address(server);
            write(answering("192.0.2.2", "nonsense"));
            write(answering("192.0.2.3", "reload"));
            await().until(() -> Wire.address(address, "www.example.org.").equals("192.0.2.3"));
            write(answering("192.0.2.4", "reload"));
            await().until(() -> Wire.address(address, "www.example.org.").equals("192.0.2.4"));
        }
        StartAndStopTest.assertNoThreadIsLeft();
    }

    @Test
    void aWatchThatWaitsForLongIsEndedWithTheServer() throws Exception {
        start(write(answering("192.0.2.1", "reload 1h"))).close();
        StartAndStopTest.assertNoThreadIsLeft();
    }

    @Test
    void theSameTextIsNotLoadedAgain() throws Exception {
        Path corefile = write(answering("192.0.2.1", "errors"));
        try (CorefileServer server = start(corefile)) {
            write("# a comment\n" + answering("192.0.2.1", "errors"));
            assertThat(server.reloadIfChanged()).isEqualTo(new ReloadOutcome.Unchanged());
            Files.delete(corefile);
            assertThat(server.reloadIfChanged()).isInstanceOf(ReloadOutcome.Rejected.class);
            assertThat(Wire.address(address(server), "www.example.org.")).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void withoutReloadNothingIsWatched() throws Exception {
        try (CorefileServer server = start(write(answering("192.0.2.1", "errors")))) {
            assertThat(address(server)).isNotNull();
            await().until(() -> !StartAndStopTest.serverThreads().contains("waypost-reload"));
        }
    }

    @Test
    void jitterSpreadsTheLooks() {
        ReloadSettings settings = new ReloadSettings(Duration.ofSeconds(30), Duration.ofSeconds(15));
        assertThat(CorefileWatch.pause(settings, 0)).isEqualTo(Duration.ofSeconds(15));
        assertThat(CorefileWatch.pause(settings, 0.5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(CorefileWatch.pause(settings, 1)).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void aFailedStartLeavesNothingBehind() throws Exception {
        Path corefile = write(answering("192.0.2.1", "health 127.0.0.1:99999"));
        assertThatThrownBy(() -> start(corefile))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Corefile:3:12: 'health' wants a port 0..65535, found \"127.0.0.1:99999\"");
        StartAndStopTest.assertNoThreadIsLeft();
    }

    private static String answering(String address, String directive) {
        return ".:0 {\n    bind 127.0.0.1\n    " + directive + "\n    whoami " + address + "\n}\n";
    }

    private static final class Answer implements DirectiveFactory {
        @Override
        public String name() {
            return "whoami";
        }

        @Override
        public void configure(Statement directive, BlockContext block) {
            String address = directive.onlyArgument("an address").text();
            block.resolver(
                    query -> TestPlans.a(address).resolve(query).map(response -> response.withAnsweredBy("whoami")));
        }
    }

    /** The real one wants two seconds at least. */
    private static final class OftenReload implements DirectiveFactory {
        @Override
        public String name() {
            return "reload";
        }

        @Override
        public void configure(Statement directive, BlockContext block) {
            Duration interval = directive.arguments().isEmpty()
                    ? Duration.ofMillis(20)
                    : directive.arguments().get(0).duration("reload");
            block.attach(new ReloadSettings(interval, Duration.ZERO));
        }
    }
}
