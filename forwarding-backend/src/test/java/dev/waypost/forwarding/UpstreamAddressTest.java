package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:53",
        "192.0.2.1:5353, 192.0.2.1:5353",
        "2001:db8::1, [2001:db8:0:0:0:0:0:1]:53",
        "[2001:db8::1]:5353, [2001:db8:0:0:0:0:0:1]:5353",
        "dns://192.0.2.1, 192.0.2.1:53",
        "DNS://192.0.2.1:1053, 192.0.2.1:1053",
        "tls://192.0.2.1, tls://192.0.2.1:853",
        "tls://[2001:db8::1]:8853, tls://[2001:db8:0:0:0:0:0:1]:8853",
        "https://192.0.2.1, https://192.0.2.1:443/dns-query",
        "https://192.0.2.1/, https://192.0.2.1:443/dns-query",
        "https://192.0.2.1:8443/path/to~dns, https://192.0.2.1:8443/path/to~dns",
        "https://[2001:db8::1]/dns-query, https://[2001:db8:0:0:0:0:0:1]:443/dns-query",
        "dns.example, dns.example:53",
        "my-dns.svc.cluster.local:1053, my-dns.svc.cluster.local:1053",
        "tls://dns.example, tls://dns.example:853",
        "https://dns.example/dns-query, https://dns.example:443/dns-query"
    })
    void addressIsRead(String text, String read) {
        assertThat(UpstreamAddress.of(text)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource({
        "tls://192.0.2.1%dns.example, tls://192.0.2.1:853, dns.example",
        "tls://192.0.2.1%dns.example:8853, tls://192.0.2.1:8853, dns.example",
        "tls://[2001:db8::1]%dns.example:8853, tls://[2001:db8:0:0:0:0:0:1]:8853, dns.example",
        "tls://2001:db8::1%dns.example, tls://[2001:db8:0:0:0:0:0:1]:853, dns.example"
    })
    void serverNameIsRead(String text, String read, String serverName) {
        UpstreamAddress address = UpstreamAddress.of(text);
        assertThat(address).hasToString(read);
        assertThat(address.serverName()).isEqualTo(serverName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.256",
                "192.0.2.1:0",
                "192.0.2.1:65536",
                "192.0.2.1:x",
                "[192.0.2.1]:53",
                "[2001:db8::1",
                "2001:db8::1:x",
                "tls://",
                "tls://192.0.2.1%",
                "tls://192.0.2.1%-bad",
                "https://192.0.2.1/{?dns}",
                "https://192.0.2.1/a b",
                "https://user@192.0.2.1/",
                "grpc://192.0.2.1",
                "quic://192.0.2.1",
                "dns.example/53",
                "a name",
                "-name.example",
                "a..b",
                "10"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> UpstreamAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an upstream wants an address")
                .hasMessageContaining("\"" + text + "\"");
    }
}
