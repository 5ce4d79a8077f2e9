package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneKeyTest {
    private static ZoneKey key(String text) {
        return ZoneKey.of(new Token(text, "Corefile", 1, 1), 1053);
    }

    private static List<String> zones(String text) {
        return key(text).zones().stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        ".,                     dns, .,                             1053",
        ".:53,                  dns, .,                             53",
        "dns://.,               dns, .,                             1053",
        "dns://example.org:54,  dns, example.org.,                  54",
        "DNS://example.org:443, dns, example.org.,                  443",
        "Example.ORG.,          dns, example.org.,                  1053",
        "example.org:0,         dns, example.org.,                  0",
        "_dns.example.org,      dns, _dns.example.org.,             1053",
        "xn--bcher-kva.example, dns, xn--bcher-kva.example.,        1053",
        "10.in-addr.arpa,       dns, 10.in-addr.arpa.,              1053",
        "0/25.2.0.192.in-addr.arpa, dns, 0/25.2.0.192.in-addr.arpa., 1053",
        "192.0.2.1,             dns, 192.0.2.1.,                    1053",
    })
    void aKeyIsASchemeAZoneAndAPort(String text, String scheme, String zone, int port) {
        ZoneKey key = key(text);
        assertThat(key.scheme()).isEqualTo(scheme);
        assertThat(key.zones()).extracting(Object::toString).containsExactly(zone);
        assertThat(key.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,          10.in-addr.arpa.",
        "192.168.0.0/16,      168.192.in-addr.arpa.",
        "10.0.0.0/24,         0.0.10.in-addr.arpa.",
        "10.0.0.77/24,        0.0.10.in-addr.arpa.",
        "192.0.2.53/32,       53.2.0.192.in-addr.arpa.",
        "0.0.0.0/0,           in-addr.arpa.",
        "2001:db8::/32,       8.b.d.0.1.0.0.2.ip6.arpa.",
        "2001:DB8::/32,       8.b.d.0.1.0.0.2.ip6.arpa.",
        "2001:db8:abcd::/48,  d.c.b.a.8.b.d.0.1.0.0.2.ip6.arpa.",
        "fd00::/8,            d.f.ip6.arpa.",
        "::/0,                ip6.arpa.",
    })
    void anAddressBlockOnACutIsOneReverseZone(String block, String zone) {
        assertThat(zones(block)).containsExactly(zone);
    }

    @Test
    void anAddressBlockBetweenCutsIsSeveralReverseZones() {
        assertThat(zones("10.0.0.0/27"))
                .hasSize(32)
                .startsWith("0.0.0.10.in-addr.arpa.", "1.0.0.10.in-addr.arpa.")
                .endsWith("31.0.0.10.in-addr.arpa.");
        assertThat(zones("10.0.0.200/27"))
                .startsWith("192.0.0.10.in-addr.arpa.")
                .endsWith("223.0.0.10.in-addr.arpa.");
        assertThat(zones("10.96.0.0/12"))
                .hasSize(16)
                .startsWith("96.10.in-addr.arpa.")
                .endsWith("111.10.in-addr.arpa.");
        assertThat(zones("128.0.0.0/1"))
                .hasSize(128)
                .startsWith("128.in-addr.arpa.")
                .endsWith("255.in-addr.arpa.");
        assertThat(zones("2001:db8::/31")).containsExactly("8.b.d.0.1.0.0.2.ip6.arpa.", "9.b.d.0.1.0.0.2.ip6.arpa.");
        assertThat(zones("fc00::/7")).containsExactly("c.f.ip6.arpa.", "d.f.ip6.arpa.");
    }

    @Test
    void anAddressBlockMayHaveAPort() {
        assertThat(key("10.0.0.0/24:54").port()).isEqualTo(54);
        assertThat(key("2001:db8::/32").port()).isEqualTo(1053);
        assertThat(key("2001:db8::/32:54").port()).isEqualTo(54);
        assertThat(key("dns://2001:db8::/32").port()).isEqualTo(1053);
        assertThat(zones("2001:db8::/32:54")).containsExactly("8.b.d.0.1.0.0.2.ip6.arpa.");
    }
}
