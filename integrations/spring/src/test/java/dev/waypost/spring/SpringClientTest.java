package dev.waypost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testkit.FakeCluster;
import dev.waypost.testkit.FakeService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** A Spring Boot application with a load-balanced RestClient, two servers, and a service that moves between them. */
class SpringClientTest {
    private final HttpServer first = answering("127.0.0.1", 0);
    private final HttpServer second = answering("127.0.0.2", first.getAddress().getPort());
    private final FakeCluster cluster = new FakeCluster();
    private final FakeService orders =
            cluster.service("shop", "orders").port("http", first.getAddress().getPort());
    private final ConfigurableApplicationContext application = started(Map.of());

    /** An HTTP server that tells its address. */
    private static HttpServer answering(String address, int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/", exchange -> {
                byte[] body = address.getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** As an application is written; all else comes from auto-configuration. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        @LoadBalanced
        RestClient.Builder restClients() {
            return RestClient.builder();
        }
    }

    private ConfigurableApplicationContext started(Map<String, Object> properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of("spring.cloud.loadbalancer.cache.enabled", "false"))
                .properties(properties)
                .initializers(context -> ((org.springframework.context.support.GenericApplicationContext) context)
                        .registerBean(DnsEngine.class, () -> cluster.engine("checkout")))
                .run();
    }

    @AfterEach
    void stop() {
        application.close();
        first.stop(0);
        second.stop(0);
    }

    private String reached() {
        return application
                .getBean(RestClient.Builder.class)
                .build()
                .get()
                .uri("http://orders.shop/")
                .retrieve()
                .body(String.class);
    }

    @Test
    void theNextRequestGoesWhereTheServiceIsNow() {
        orders.endpoints("127.0.0.1");
        assertThat(reached()).isEqualTo("127.0.0.1");
        orders.endpoints("127.0.0.2");
        assertThat(reached()).isEqualTo("127.0.0.2");
        orders.endpoints("127.0.0.1", "127.0.0.2");
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 100 && all.size() < 2; i++) {
            all.add(reached());
        }
        assertThat(all).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
    }

    private static List<String> authorities(ConfigurableApplicationContext context, String serviceId) {
        return context.getBean(DiscoveryClient.class).getInstances(serviceId).stream()
                .map(ServiceInstance::getUri)
                .map(uri -> uri.getScheme() + "://" + uri.getAuthority())
                .toList();
    }

    @Test
    void instancesAreAddressesWithTheirPortsAndAMissingServiceHasNone() {
        orders.port("admin", 8081).endpoints("192.0.2.1", "2001:db8::1");
        int http = first.getAddress().getPort();
        assertThat(authorities(application, "orders.shop"))
                .containsExactlyInAnyOrder(
                        "http://192.0.2.1:" + http,
                        "http://192.0.2.1:8081",
                        "http://[2001:db8:0:0:0:0:0:1]:" + http,
                        "http://[2001:db8:0:0:0:0:0:1]:8081");
        assertThat(authorities(application, "nobody.shop")).isEmpty();
        assertThat(application.getBean(WaypostDiscoveryClient.class).getServices())
                .isEmpty();
    }

    @Test
    void ofAServiceWithSeveralPortsTheNamedOneIsMeant() {
        orders.port("admin", 8081).endpoints("192.0.2.1");
        try (ConfigurableApplicationContext other = started(Map.of("waypost.discovery.port-name", "admin"))) {
            assertThat(authorities(other, "orders.shop")).containsExactly("http://192.0.2.1:8081");
        }
    }
}
