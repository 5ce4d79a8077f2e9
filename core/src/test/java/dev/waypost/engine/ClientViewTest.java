package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.ListenPoint;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What one client sees of a zone and another does not: through a door that replays what it has said. */
class ClientViewTest {
    private static final Predicate<Client> INSIDE = from("192.0.2.10");
    private static final Predicate<Client> PARTNER = from("192.0.2.20");

    private static Predicate<Client> from(String address) {
        return client -> client.address().getHostAddress().equals(address);
    }

    private static EngineBuilder engine() {
        return DnsEngine.builder()
                .view(INSIDE, Zones.zone("example.org", "www A 10.0.0.1", "alias CNAME www.example.net."))
                .view(PARTNER, Zones.zone("example.org", "www A 10.0.0.2"))
                .view(INSIDE, Zones.zone("example.net", "www A 10.0.0.3"));
    }

    private static String answer(DnsEngine engine, String client, String qname) throws UnknownHostException {
        WireProbe probe = WireProbe.at(engine.wire(ListenPoint.dns(53))).from(InetAddress.getByName(client));
        Message reply =
                WireProbe.parsed(probe.udp(WireMessages.query(qname, Type.A).bytes()));
        return reply.getSection(Section.ANSWER).isEmpty()
                ? Rcode.string(reply.getRcode())
                : reply.getSection(Section.ANSWER)
                        .get(reply.getSection(Section.ANSWER).size() - 1)
                        .rdataToString();
    }

    @Test
    void everyClientSeesItsView() throws UnknownHostException {
        try (DnsEngine engine =
                engine().zone(Zones.zone("example.org", "www A 192.0.2.1")).build()) {
            for (int round = 0; round < 3; round++) { // the later rounds are replayed
                assertThat(answer(engine, "192.0.2.10", "www.example.org.")).isEqualTo("10.0.0.1");
                assertThat(answer(engine, "192.0.2.20", "www.example.org.")).isEqualTo("10.0.0.2");
                assertThat(answer(engine, "192.0.2.30", "www.example.org.")).isEqualTo("192.0.2.1");
            }
        }
    }

    @Test
    void zoneOfSomeIsNoZoneToOthers() throws UnknownHostException {
        try (DnsEngine engine = engine().build()) {
            assertThat(answer(engine, "192.0.2.30", "www.example.org.")).isEqualTo("REFUSED");
            assertThat(answer(engine, "192.0.2.20", "www.example.net.")).isEqualTo("REFUSED");
            assertThat(answer(engine, "192.0.2.10", "www.example.net.")).isEqualTo("10.0.0.3");
        }
    }

    @Test
    void aliasIsFollowedInTheClientsView() throws UnknownHostException {
        try (DnsEngine engine = engine().zone(Zones.zone("example.org", "alias CNAME www.example.net."))
                .zone(Zones.zone("example.net", "www A 192.0.2.3"))
                .build()) {
            assertThat(answer(engine, "192.0.2.10", "alias.example.org.")).isEqualTo("10.0.0.3");
            assertThat(answer(engine, "192.0.2.30", "alias.example.org.")).isEqualTo("192.0.2.3");
        }
    }
}
