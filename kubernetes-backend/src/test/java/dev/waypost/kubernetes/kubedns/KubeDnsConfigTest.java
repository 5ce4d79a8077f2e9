package dev.waypost.kubernetes.kubedns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waypost.ConfigurationException;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("kube-dns's ConfigMap")
class KubeDnsConfigTest {
    private static final String HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-dns}\n";
    private static final String RESOLV_CONF = ". errors | . cache 30 | . loop | . forward . /etc/resolv.conf";

    @TempDir
    private Path folder;

    /** A directive that only tells what it was given; the real ones stand on another module. */
    private record Told(String name, List<String> log) implements DirectiveFactory {
        @Override
        public void configure(Statement directive, BlockContext block) {
            String zones = block.zones().stream().map(Object::toString).collect(Collectors.joining(","));
            log.add((zones + " " + name + " "
                            + directive.arguments().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" ")))
                    .strip());
        }
    }

    /** What the Corefile of a ConfigMap plans, directive by directive. */
    private static String planned(String manifest, String... directives) {
        List<String> log = new ArrayList<>();
        List<Told> told = Stream.of("errors", "kubernetes", "cache", "loop", "forward")
                .map(name -> new Told(name, log))
                .toList();
        String corefile = KubeDnsConfig.read(manifest, "kube-dns.yaml").toCorefile(directives);
        CorefilePlanner.of(told).plan(corefile, "Corefile", Path.of(""));
        return String.join(" | ", log);
    }

    static Stream<Arguments> configMaps() {
        String stub =
                " | acme.example. errors | acme.example. cache 30 | acme.example. loop | acme.example. forward . ";
        return Stream.of(
                arguments(HEAD, RESOLV_CONF),
                arguments(HEAD + "data:\n", RESOLV_CONF),
                arguments(HEAD + "data: {}\n", RESOLV_CONF),
                arguments(HEAD + "data:\n  stubDomains: '{}'\n  upstreamNameservers: '[]'\n", RESOLV_CONF),
                arguments(
                        HEAD
                                + "data:\n  upstreamNameservers: |\n    [\"192.0.2.1\", \"192.0.2.2:5353\",\n     \"2001:db8::1\"]\n",
                        RESOLV_CONF.replace("/etc/resolv.conf", "192.0.2.1 192.0.2.2:5353 2001:db8::1")),
                arguments(
                        HEAD + "data:\n  stubDomains: |\n    {\"acme.example\": [\"192.0.2.53\"]}\n",
                        RESOLV_CONF + stub + "192.0.2.53"),
                arguments(
                        HEAD + "data:\n  stubDomains: \"{\\\"acme.example\\\": [\\\"[2001:db8::53]:5353\\\"]}\"\n",
                        RESOLV_CONF + stub + "[2001:db8::53]:5353"),
                arguments(
                        "{\"kind\":\"ConfigMap\",\n\t\"apiVersion\":\"v1\",\n\t\"data\":{\"stubDomains\":"
                                + "\"{\\\"acme.example\\\":\\t[\\\"192.0.2.53:53\\\"]}\"}}",
                        RESOLV_CONF + stub + "192.0.2.53"),
                arguments(
                        HEAD + "data:\n  stubDomains: |\n    {\"b.example\": [\"192.0.2.1\", \"192.0.2.2\"],\n"
                                + "     \"2.0.192.in-addr.arpa\": [\"192.0.2.3\"]}\n",
                        RESOLV_CONF
                                + " | b.example. errors | b.example. cache 30 | b.example. loop"
                                + " | b.example. forward . 192.0.2.1 192.0.2.2"
                                + " | 2.0.192.in-addr.arpa. errors | 2.0.192.in-addr.arpa. cache 30"
                                + " | 2.0.192.in-addr.arpa. loop | 2.0.192.in-addr.arpa. forward . 192.0.2.3"));
    }

    @ParameterizedTest
    @MethodSource("configMaps")
    void aConfigMapIsPlannedAsCoreDnsTranslatesIt(String manifest, String plan) {
        assertThat(planned(manifest)).isEqualTo(plan);
    }

    @Test
    void theKubernetesZonesStandBesideTheForwardedRoot() {
        String manifest = HEAD + "data:\n  upstreamNameservers: '[\"192.0.2.1\"]'\n";
        assertThat(planned(manifest, "kubernetes cluster.local in-addr.arpa {\n    pods insecure\n}\n"))
                .isEqualTo(
                        ". errors | . cache 30 | . kubernetes cluster.local in-addr.arpa | . loop | . forward . 192.0.2.1");
        assertThat(KubeDnsConfig.read(manifest, "kube-dns.yaml").toCorefile("kubernetes {\n    ttl 30\n}"))
                .isEqualTo("""
                        . {
                            errors
                            kubernetes {
                                ttl 30
                            }
                            cache 30
                            loop
                            forward . 192.0.2.1
                        }
                        """);
    }

    private static Arguments data(String data, String fault) {
        return arguments(HEAD + "data:\n" + data, "kube-dns.yaml:" + fault);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                data(
                        "  stubDomain: '{}'\n",
                        "5:3: a kube-dns ConfigMap wants stubDomains or upstreamNameservers, found"
                                + " \"stubDomain\""),
                data("  federations: '{}'\n", "5:3: 'federations' is not supported"),
                data("  stubDomains: {a.example: []}\n", "5:16: 'stubDomains' wants JSON in a text, found an object"),
                data("  stubDomains: '[]'\n", "5:17: 'stubDomains' wants an object, found a list"),
                data("  stubDomains: 'a.example: []'\n", "5:17: 'stubDomains' wants JSON, found YAML"),
                data("  stubDomains: ''\n", "5:16: wants an object, found nothing"),
                data("  stubDomains: '{\"a.example\": '\n", "5:"),
                data("  stubDomains: '{a.example: []}'\n", "5:18: 'stubDomains' wants a text in double quotes"),
                data(
                        "  stubDomains: '{\"a.example\": []}'\n",
                        "5:31: 'stubDomains' wants 1..15 name servers for" + " \"a.example\", found 0"),
                data(
                        "  stubDomains: '{\"a.example\": \"192.0.2.1\"}'\n",
                        "5:31: 'stubDomains' wants a list of IP[:port]"),
                data(
                        "  stubDomains: '{\"A.example\": [\"192.0.2.1\"]}'\n",
                        "5:18: 'stubDomains' wants a DNS subdomain in"
                                + " lower case and without a final dot, found \"A.example\""),
                data(
                        "  stubDomains: '{\"a.example.\": [\"192.0.2.1\"]}'\n",
                        "5:18: 'stubDomains' wants a DNS subdomain"),
                data("  stubDomains: '{\"\": [\"192.0.2.1\"]}'\n", "5:18: 'stubDomains' wants a DNS subdomain"),
                data("  stubDomains: '{\"a_b\": [\"192.0.2.1\"]}'\n", "5:18: 'stubDomains' wants a DNS subdomain"),
                data("  stubDomains: '{\"a {\": [\"192.0.2.1\"]}'\n", "5:18: 'stubDomains' wants a DNS subdomain"),
                data(
                        "  stubDomains: '{\"a\": [\"192.0.2.1\"], \"a\": [\"192.0.2.2\"]}'\n",
                        "5:38: \"a\" stands in" + " 'stubDomains' twice"),
                data(
                        "  stubDomains: |\n    {\"a.example\":\n      [\"192.0.2.1\", \"dns.acme.example\"]}\n",
                        "7:21: 'stubDomains' wants IP[:port], found \"dns.acme.example\"; a server's name is not looked"
                                + " up through the host"),
                data(
                        "  stubDomains: \"{\\\"a\\\": [\\\"192.0.2.1:0\\\"]}\"\n",
                        "5:16: 'stubDomains' wants IP[:port]," + " found \"192.0.2.1:0\""),
                data(
                        "  upstreamNameservers: '{}'\n",
                        "5:25: 'upstreamNameservers' wants a list of IP[:port], found an" + " object"),
                data(
                        "  upstreamNameservers: '[\"192.0.2.1\", 53]'\n",
                        "5:39: 'upstreamNameservers' wants a text in" + " double quotes, found \"53\""),
                data(
                        "  upstreamNameservers: '[\"192.0.2.1\", \"192.0.2.2\", \"192.0.2.3\", \"192.0.2.4\"]'\n",
                        "5:65: 'upstreamNameservers' wants at most 3 name servers, found 4"),
                data(
                        "  upstreamNameservers: '[\"192.0.2.300\"]'\n",
                        "5:26: 'upstreamNameservers' wants IP[:port], found" + " \"192.0.2.300\""),
                data("  upstreamNameservers: '[\"2001:db8::1:53:99999\"]'\n", "5:26: "),
                data("  upstreamNameservers: '[\"192.0.2.1:65536\"]'\n", "5:26: "),
                data("  upstreamNameservers: '[\"[192.0.2.1]:53\"]'\n", "5:26: "),
                arguments(
                        "apiVersion: v1\nkind: Service\n",
                        "kube-dns.yaml:2:7: 'kind' wants ConfigMap, found \"Service\""),
                arguments("apiVersion: v1\n", "kube-dns.yaml:1:1: 'kind' wants ConfigMap, found none"),
                arguments("kind: ConfigMap\n", "kube-dns.yaml:1:1: 'apiVersion' wants v1, found none"),
                arguments("", "kube-dns.yaml:1:1: wants an object, found nothing"),
                arguments("[]", "kube-dns.yaml:1:1: a ConfigMap wants an object, found a list"),
                arguments(HEAD + "---\n" + HEAD, "kube-dns.yaml:4:1: "),
                arguments(HEAD + "data: {\n", "kube-dns.yaml:5:1: "),
                arguments("x".repeat((2 << 20) + 1), "kube-dns.yaml: a ConfigMap wants at most 2097152 octets"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatCannotBeUsedIsRefusedAtItsPlaceInTheConfigMap(String manifest, String fault) {
        assertThatThrownBy(() -> KubeDnsConfig.read(manifest, "kube-dns.yaml"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(fault);
    }

    @Test
    void tooManyStubDomainsAreRefused() {
        String domains = Stream.iterate(0, i -> i + 1)
                .limit(1001)
                .map(i -> "\"d" + i + ".example\": [\"192.0.2.1\"]")
                .collect(Collectors.joining(", ", "{", "}"));
        assertThatThrownBy(
                        () -> KubeDnsConfig.read(HEAD + "data:\n  stubDomains: '" + domains + "'\n", "kube-dns.yaml"))
                .hasMessage("kube-dns.yaml:5:17: 'stubDomains' wants at most 1000 domains, found 1001");
    }

    @Test
    void aFileIsReadAndOneThatIsNotThereIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("kube-dns.yaml"), HEAD);
        assertThat(KubeDnsConfig.read(file).stubDomains()).isEmpty();
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> KubeDnsConfig.read(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(missing + ": cannot be read");
    }
}
