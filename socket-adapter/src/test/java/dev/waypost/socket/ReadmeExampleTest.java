package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class ReadmeExampleTest {
    @Test
    void anEngineIsServedWithAHealthPage() throws IOException {
        EnginePlan plan = EnginePlan.builder()
                .zone(
                        Name.fromConstantString("example.org."),
                        query -> Response.answer(Freshness.always(), TestPlans.set(query.qname(), "192.0.2.1")))
                .attach(HttpEndpoint.health("127.0.0.1:0", Duration.ZERO))
                .build();

        try (DnsEngine engine = DnsEngine.of(plan).start();
                DnsServer server = DnsServer.builder(engine)
                        .listen(new ListenPoint("dns", "127.0.0.1", 0))
                        .start()) {
            InetSocketAddress address = server.addresses().get(0);
            assertThat(Wire.address(address, "www.example.org.")).isEqualTo("192.0.2.1");
        }
    }
}
