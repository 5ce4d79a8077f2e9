package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.forwarding.transport.StreamTransport;
import dev.waypost.testing.TestCertificate;
import dev.waypost.testing.Zones;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

@DisplayName("Every option of CoreDNS's forward, with its meaning or with the reason against it")
class ForwardOptionsTest {
    @TempDir
    private Path folder;

    private Forwarder forwarder(String targets, String... options) {
        String text = ".:1053 {\nforward . " + targets + " {\n" + String.join("\n", options) + "\n}\n}\n";
        return (Forwarder) CorefilePlanner.of(List.of(new ForwardDirective()))
                .plan(text, "Corefile", folder)
                .lifecycles()
                .get(0);
    }

    private ForwardSettings settings(String... options) {
        return forwarder("192.0.2.1 192.0.2.2", options).settings();
    }

    private static Arguments means(String option, Function<ForwardSettings, Object> setting, Object value) {
        return Arguments.of(option, setting, value);
    }

    static Stream<Arguments> meanings() {
        return Stream.of(
                means(
                        "except example.org 192.0.2.0/24",
                        ForwardSettings::except,
                        List.of(Zones.name("example.org."), Zones.name("2.0.192.in-addr.arpa."))),
                means("policy random", ForwardSettings::policy, UpstreamPolicy.RANDOM),
                means("policy round_robin", ForwardSettings::policy, UpstreamPolicy.ROUND_ROBIN),
                means("policy sequential", ForwardSettings::policy, UpstreamPolicy.SEQUENTIAL),
                means("force_tcp", ForwardSettings::streamOnly, true),
                means("prefer_udp", ForwardSettings::streamOnly, false),
                means("prefer_udp\nforce_tcp", ForwardSettings::streamOnly, true),
                means(
                        "expire 5s",
                        all -> all.keeping().idleNanos(),
                        Duration.ofSeconds(5).toNanos()),
                means(
                        "max_age 10s",
                        all -> all.keeping().ageNanos(),
                        Duration.ofSeconds(10).toNanos()),
                means("max_age 0", all -> all.keeping().ageNanos(), 0L),
                means(
                        "max_age 5s\nexpire 5s",
                        all -> all.keeping().ageNanos(),
                        Duration.ofSeconds(5).toNanos()),
                means("max_idle_conns 7", all -> all.keeping().mostIdle(), 7),
                means("max_idle_conns 0", all -> all.keeping().mostIdle(), 0),
                means("max_fails 0", all -> all.health().maxFails(), 0),
                means("max_fails 3", all -> all.health().maxFails(), 3),
                means("max_connect_attempts 4", all -> all.tries().most(2), 4),
                means("max_connect_attempts 0", all -> all.tries().most(2), 6),
                means(
                        "read_timeout 900ms",
                        all -> all.tries().tryNanos(),
                        Duration.ofMillis(900).toNanos()),
                means(
                        "health_check 2s",
                        all -> all.health().intervalNanos(),
                        Duration.ofSeconds(2).toNanos()),
                means("health_check 2s", all -> all.health().recursionDesired(), true),
                means("health_check 2s", all -> all.health().probe().qname(), Name.root),
                means("health_check 2s no_rec", all -> all.health().recursionDesired(), false),
                means(
                        "health_check 2s domain example.org",
                        all -> all.health().probe().qname(),
                        Zones.name("example.org.")),
                means(
                        "health_check 2s no_rec domain example.org",
                        all -> all.health().probe().qname(),
                        Zones.name("example.org.")),
                means("max_concurrent 10", all -> all.limits().concurrent(), 10),
                means("max_concurrent 0", all -> all.limits().concurrent(), 4096),
                means("failfast_all_unhealthy_upstreams", all -> all.tries().failFast(), true),
                means(
                        "failover SERVFAIL refused",
                        all -> all.tries().failover(),
                        Set.of(Rcode.SERVFAIL, Rcode.REFUSED)),
                means("next NXDOMAIN", all -> all.handingOn().rcodes(), Set.of(Rcode.NXDOMAIN)),
                means(
                        "next NXDOMAIN\nnext SERVFAIL",
                        all -> all.handingOn().rcodes(),
                        Set.of(Rcode.NXDOMAIN, Rcode.SERVFAIL)),
                means("next_on_nodata", all -> all.handingOn().noData(), true),
                means(
                        "resolver 192.0.2.53 [2001:db8::53]:1053",
                        ForwardSettings::resolvers,
                        List.of(
                                AddressLiteral.socketAddress("192.0.2.53:53").orElseThrow(),
                                AddressLiteral.socketAddress("[2001:db8::53]:1053")
                                        .orElseThrow())),
                means("doh_method GET", all -> all.secure().get(), true),
                means("doh_method POST", all -> all.secure().get(), false),
                means(
                        "source_address 192.0.2.9",
                        all -> all.keeping().source(),
                        AddressLiteral.address("192.0.2.9").orElseThrow()),
                means("hedging off", all -> all.tries().hedged(), false),
                means("hedging on", all -> all.tries().hedged(), true),
                means("mixed_case", ForwardSettings::mixedCase, true),
                means("max_waiting 5000", ForwardSettings::limits, new ForwardSettings.Limits(4096, 5000, 1000)),
                means("max_waiting 500", ForwardSettings::limits, new ForwardSettings.Limits(4096, 500, 500)),
                means("max_waiting 500 20", ForwardSettings::limits, new ForwardSettings.Limits(4096, 500, 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meanings")
    void optionMeansWhatItMeansInCoreDns(String option, Function<ForwardSettings, Object> setting, Object value) {
        assertThat(setting.apply(settings(option))).isEqualTo(value);
    }

    @Test
    void nothingSaidMeansTheDefaults() {
        ForwardSettings settings = settings();
        assertThat(settings.policy()).isEqualTo(UpstreamPolicy.RANDOM);
        assertThat(settings.tries())
                .isEqualTo(new ForwardSettings.Tries(Duration.ofMillis(1500).toNanos(), 3, 0, true, false, Set.of()));
        assertThat(settings.limits()).isEqualTo(new ForwardSettings.Limits(4096, 16_384, 1000));
        assertThat(settings.health().maxFails()).isEqualTo(2);
        assertThat(settings.health().intervalNanos())
                .isEqualTo(Duration.ofMillis(500).toNanos());
        assertThat(settings.keeping())
                .isEqualTo(new StreamTransport.Keeping(Duration.ofSeconds(10).toNanos(), 0, 0, null));
        assertThat(settings.handingOn().isUsed()).isFalse();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("policy sometimes", "3:8: 'policy' wants one of random, round_robin, sequential, found"),
                Arguments.of("max_fials 1", "3:1: 'forward' has no option 'max_fials'"),
                Arguments.of("max_fails -1", "3:11: 'max_fails' wants a number 0..2147483647, found \"-1\""),
                Arguments.of("expire 0", "3:8: 'expire' wants a duration above 0, found \"0\""),
                Arguments.of("expire soon", "3:8: 'expire' wants a duration as 5s or 1m30s, found \"soon\""),
                Arguments.of("max_age 9s", "3:9: 'max_age' wants 0, or no less than expire, 10000ms, found \"9s\""),
                Arguments.of("read_timeout 0", "3:14: 'read_timeout' wants a duration above 0, found \"0\""),
                Arguments.of("force_tcp yes", "3:11: 'force_tcp' wants no argument, found \"yes\""),
                Arguments.of("except", "3:1: 'except' wants at least one zone, found none"),
                Arguments.of("health_check 0", "3:14: 'health_check' wants a duration above 0, found \"0\""),
                Arguments.of(
                        "health_check 1s domain",
                        "3:17: 'health_check' wants DURATION [no_rec] [domain FQDN], found \"domain\""),
                Arguments.of(
                        "health_check 1s often",
                        "3:17: 'health_check' wants DURATION [no_rec] [domain FQDN], found \"often\""),
                Arguments.of("failover", "3:1: 'failover' wants at least one RCODE, found none"),
                Arguments.of(
                        "failover SERVFAIL NOERROR",
                        "3:19: 'failover' wants RCODEs other than NOERROR, found \"NOERROR\""),
                Arguments.of("failover OOPS", "3:10: 'failover' wants RCODEs as NXDOMAIN or SERVFAIL, found \"OOPS\""),
                Arguments.of("next", "3:1: 'next' wants at least one RCODE, found none"),
                Arguments.of("next_on_nodata yes", "3:16: 'next_on_nodata' wants no argument, found \"yes\""),
                Arguments.of("resolver dns.example", "3:10: 'resolver' wants IP[:port], found \"dns.example\""),
                Arguments.of("resolver", "3:1: 'resolver' wants at least one IP[:port], found none"),
                Arguments.of(
                        "resolver 127.0.0.1:1053",
                        "3:10: 'resolver' wants another server, found 127.0.0.1:1053, where this one listens"),
                Arguments.of("doh_method PUT", "3:12: 'doh_method' wants GET or POST, found \"PUT\""),
                Arguments.of("source_address eth0", "3:16: 'source_address' wants an IP address, found \"eth0\""),
                Arguments.of("tls_servername", "3:1: 'tls_servername' wants a host name, found 0 arguments"),
                Arguments.of("tls_servername a..b", "3:16: 'tls_servername' wants a host name, found \"a..b\""),
                Arguments.of("tls 1 2 3 4", "3:11: 'tls' wants [CERT KEY] [CA], found \"4\""),
                Arguments.of("tls no.pem", "3:5: 'tls' cannot use these files: "),
                Arguments.of("hedging maybe", "3:9: 'hedging' wants on or off, found \"maybe\""),
                Arguments.of("max_waiting 0", "3:13: 'max_waiting' wants a number 1..2147483647, found \"0\""),
                Arguments.of("max_waiting 1 2 3", "3:17: 'max_waiting' wants IN_ALL [OF_ONE_CLIENT], found \"3\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultIsToldWithItsPlace(String option, String message) {
        assertThatThrownBy(() -> settings(option))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "tls ca.pem", "tls cert.pem key.pem", "tls cert.pem key.pem ca.pem"})
    void tlsTakesNoneToThreeFiles(String option) throws Exception {
        TestCertificate authority = TestCertificate.authority("Test authority");
        authority.issue("client").write(folder);
        Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        assertThat(forwarder("tls://192.0.2.1", option).settings().secure().context())
                .isNotNull();
    }

    @Test
    void serverNameIsForUpstreamsThatNameNone() {
        assertThat(forwarder("tls://192.0.2.1 https://192.0.2.2 192.0.2.3", "tls_servername dns.example")
                        .upstreams())
                .extracting(UpstreamAddress::serverName)
                .containsExactly("dns.example", "dns.example", "");
        assertThatThrownBy(() -> forwarder("tls://192.0.2.1%dns.example", "tls_servername other.example"))
                .hasMessageStartingWith("Corefile:3:1: 'tls_servername' is for upstreams that name no server");
    }

    @Test
    void sourceAddressCannotBeKeptOverHttps() {
        assertThatThrownBy(() -> forwarder("https://192.0.2.1", "source_address 192.0.2.9"))
                .hasMessageStartingWith("Corefile:2:1: 'forward': the JDK's HTTP client takes no source address");
    }

    @Test
    void hostNameIsLookedUpByTheResolversThatAreNamed() {
        assertThat(forwarder("dns.example", "resolver 192.0.2.53").settings().resolvers())
                .containsExactly(new InetSocketAddress(
                        AddressLiteral.address("192.0.2.53").orElseThrow(), 53));
    }
}
