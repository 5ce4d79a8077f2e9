package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvConfTest {
    private static ResolvConf parse(String... lines) {
        return ResolvConf.parse(List.of(lines), "resolv.conf");
    }

    @Test
    void everythingIsRead() {
        ResolvConf conf = parse(
                "# written by hand",
                "; likewise",
                "domain example.org",
                "search shop.svc.example. example.com",
                "nameserver 192.0.2.1",
                "nameserver\t2001:db8::1 # office",
                "nameserver fe80::1%eth0",
                "nameserver 192.0.2.1",
                "sortlist 192.0.2.0/24",
                "options ndots:5 timeout:1 attempts:2 rotate use-vc edns0 trust-ad");
        assertThat(conf.nameservers())
                .extracting(each -> each.getHostAddress())
                .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1", "fe80:0:0:0:0:0:0:1");
        assertThat(conf.search()).containsExactly(Zones.name("shop.svc.example."), Zones.name("example.com."));
        assertThat(conf.ndots()).isEqualTo(5);
        assertThat(conf.timeout()).contains(Duration.ofSeconds(1));
        assertThat(conf.attempts()).contains(2);
        assertThat(conf.rotate()).isTrue();
        assertThat(conf.useTcp()).isTrue();
    }

    @Test
    void defaultsAreThoseOfResolvConf() {
        ResolvConf conf = parse("nameserver 192.0.2.1");
        assertThat(conf)
                .isEqualTo(new ResolvConf(
                        conf.nameservers(), List.of(), 1, conf.timeout(), conf.attempts(), false, false));
        assertThat(conf.timeout()).isEmpty();
        assertThat(conf.attempts()).isEmpty();
    }

    @Test
    void numbersAreDrawnToTheirBounds() {
        ResolvConf conf = parse("nameserver 192.0.2.1", "options ndots:99 timeout:0 attempts:77");
        assertThat(conf.ndots()).isEqualTo(15);
        assertThat(conf.timeout()).contains(Duration.ofSeconds(1));
        assertThat(conf.attempts()).contains(5);
    }

    @Test
    void hostNameIsRefusedWithItsLine() {
        assertThatThrownBy(() -> parse("# head", "nameserver ns.example"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("resolv.conf:2: 'nameserver' wants an IPv4 or IPv6 address, found \"ns.example\"");
    }

    @Test
    void oddNumberIsRefusedWithItsLine() {
        assertThatThrownBy(() -> parse("nameserver 192.0.2.1", "options ndots:many"))
                .hasMessage("resolv.conf:2: option 'ndots' wants a number 0..15, found \"many\"");
    }

    @Test
    void fileWithoutNameserverIsRefusedByName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("empty.conf"), "search example.org\n");
        assertThatThrownBy(() -> ResolvConf.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": wants at least one 'nameserver' line, found none");
        assertThatThrownBy(() -> ResolvConf.read(folder.resolve("absent")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("absent: cannot be read");
    }

    @Test
    void serversOfAFileAreAskedInItsOrder() {
        ForwarderBuilder builder =
                Forwarder.builder().resolvConf(parse("nameserver 192.0.2.2", "nameserver 192.0.2.1"));
        assertThat(builder.build().upstreams())
                .extracting(UpstreamAddress::label)
                .containsExactly("192.0.2.2:53", "192.0.2.1:53");
        assertThat(UpstreamPolicy.SEQUENTIAL.order(List.of("b", "a"), 7, new java.util.Random(1)))
                .containsExactly("b", "a");
        assertThat(UpstreamPolicy.ROUND_ROBIN.order(List.of("a", "b", "c"), 1, new java.util.Random(1)))
                .containsExactly("b", "c", "a");
    }
}
