package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static dev.waypost.testing.DnsAssertions.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Transport;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class WhoamiResolverTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, UDP, me.example.org. 0 A 192.0.2.1, _udp.me.example.org. 0 SRV 0 0 40000 .",
        "2001:db8::1, TCP, me.example.org. 0 AAAA 2001:db8::1, _tcp.me.example.org. 0 SRV 0 0 40000 .",
    })
    void clientIsToldItsAddressAndPort(String address, Transport transport, String host, String service)
            throws UnknownHostException {
        Client client = new Client(InetAddress.getByName(address), 40_000, transport);
        Query query = new Query(
                Zones.name("me.example.org"), Type.TXT, DClass.IN, false, false, Edns.NONE, client, 0, List.of());
        assertThat(new WhoamiResolver().resolve(query))
                .isAuthoritative()
                .answers()
                .hasAdditional(host, service)
                .holdsNoMore();
    }

    @ParameterizedTest(name = "a QNAME of {0} octets")
    @CsvSource({"250, 2", "251, 1", "255, 1"})
    void longestNameHasNoRoomForTheService(int octets, int sets) {
        int fullLabels = 3;
        int lastLabel = octets - fullLabels * 64 - 2;
        Name qname = Zones.name(("l".repeat(63) + ".").repeat(fullLabels) + "l".repeat(lastLabel));
        assertThat((int) qname.length()).isEqualTo(octets);
        assertThat(response(new WhoamiResolver().resolve(Query.of(qname, Type.A)))
                        .additional())
                .hasSize(sets);
    }

    @Test
    void anotherClassIsNotItsOwn() {
        Query chaos = new Query(
                Zones.name("id.server"), Type.TXT, DClass.CH, false, false, Edns.NONE, Client.IN_PROCESS, 0, List.of());
        org.assertj.core.api.Assertions.assertThat(new WhoamiResolver().resolve(chaos))
                .isInstanceOf(Fallthrough.class);
    }
}
