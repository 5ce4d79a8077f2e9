package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No client can keep a page from others. */
class SlowHttpClientsTest {
    private static final Duration CLIENTS_TIME = Duration.ofSeconds(5);

    private final FakeTicker clock = new FakeTicker();
    private final DnsEngine engine = DnsEngine.of(TestPlans.saying("192.0.2.1")
                    .attach(HttpEndpoint.health("127.0.0.1:0", Duration.ZERO))
                    .build())
            .start();
    private final DnsServer server =
            DnsServer.builder(engine).options(TestPlans.QUICK).ticker(clock).start();
    private final URI health = server.endpoints().get(0);
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket each : clients) {
            each.close();
        }
        server.close();
        engine.close();
    }

    private Socket sending(String text) throws IOException {
        Socket client = Wire.connect(new InetSocketAddress(health.getHost(), health.getPort()));
        clients.add(client);
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private static String received(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("32 half-open connections do not keep /health from others, and are given up")
    void halfARequestHoldsNobodyElseUp() throws Exception {
        for (int i = 0; i < 32; i++) {
            sending("GET /hea");
        }
        assertThat(EndpointTest.get(health).body()).isEqualTo("OK");
        clock.advance(CLIENTS_TIME);
        for (Socket each : clients) {
            assertThat(received(each)).isEmpty();
        }
    }

    @Test
    void withTooManyConnectionsTheOldestIsClosed() throws Exception {
        for (int i = 0; i < EndpointServer.MAX_CONNECTIONS + 1; i++) {
            sending(i == 0 ? "" : "GET /health HTTP/1.1\r\n");
        }
        assertThat(received(clients.get(0))).isEmpty();
        assertThat(EndpointTest.get(health).body()).isEqualTo("OK");
    }

    @Test
    void aRequestMayComeOctetByOctet() throws IOException {
        Socket client = sending("\r\n");
        for (char octet : "GET http://a.example/health?b HTTP/1.0\r\nA: b\r\n\r\n".toCharArray()) {
            client.getOutputStream().write(octet);
        }
        assertThat(received(client))
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nOK");
    }

    @Test
    void whatIsNoRequestForAPageIsToldSo() throws IOException {
        assertThat(received(sending("hello\n\n"))).startsWith("HTTP/1.1 400 ");
        assertThat(received(sending("GET /%zz HTTP/1.1\r\n\r\n"))).startsWith("HTTP/1.1 400 ");
        assertThat(received(sending("POST /health HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: GET, HEAD\r\n");
        assertThat(received(sending("GET /health HTTP/1.1\r\nA: " + "b".repeat(HttpConnection.HEAD_OCTETS))))
                .startsWith("HTTP/1.1 431 ");
    }
}
