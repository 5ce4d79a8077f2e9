package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.kubernetes.testing.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The same Corefile and the same objects for CoreDNS and for us, and every answer compared section by section.
 *
 * <p>CoreDNS is the program {@code coredns} on the PATH, or the command in the system property {@code waypost.coredns}.
 */
@DisplayName("CoreDNS and we, side by side")
class CoreDnsDifferenceTest {
    private static final String COMPATIBLE = "compatibility coredns";
    private static final int[] TYPES = {
        Type.A, Type.AAAA, Type.SRV, Type.MX, Type.CNAME, Type.PTR, Type.TXT, Type.HINFO, Type.SOA, Type.ANY
    };
    private static final String V6_REVERSE =
            "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";

    /** Names that are asked for every type. */
    private static final List<String> NAMES = Stream.of("""
                    cluster.local. svc.cluster.local. pod.cluster.local. shop.svc.cluster.local. nowhere.svc.cluster.local.
                    shop.pod.cluster.local. nowhere.pod.cluster.local. dns-version.cluster.local. dns.cluster.local.
                    web.shop.svc.cluster.local. dual.shop.svc.cluster.local. six.shop.svc.cluster.local.
                    portless.shop.svc.cluster.local. unnamed.shop.svc.cluster.local. names.shop.svc.cluster.local.
                    orders.shop.svc.cluster.local. twins.shop.svc.cluster.local. idle.shop.svc.cluster.local.
                    bare.shop.svc.cluster.local. orphan.shop.svc.cluster.local. missing.shop.svc.cluster.local.
                    inner.shop.svc.cluster.local. loop.shop.svc.cluster.local. literal.shop.svc.cluster.local.
                    partner.shop.svc.cluster.local. away.shop.svc.cluster.local. x.inner.shop.svc.cluster.local.
                    _http._tcp.web.shop.svc.cluster.local. http.tcp.web.shop.svc.cluster.local.
                    _HTTP._tcp.web.shop.svc.cluster.local. _ftp._tcp.web.shop.svc.cluster.local.
                    _http._udp.web.shop.svc.cluster.local. _._tcp.web.shop.svc.cluster.local.
                    _tcp.web.shop.svc.cluster.local. _dns._udp.names.shop.svc.cluster.local.
                    _http._tcp.dual.shop.svc.cluster.local. _db._tcp.twins.shop.svc.cluster.local.
                    _grpc._tcp.orders.shop.svc.cluster.local. first.orders.shop.svc.cluster.local.
                    FIRST.orders.shop.svc.cluster.local. 198-51-100-1.orders.shop.svc.cluster.local.
                    198-51-100-2.orders.shop.svc.cluster.local. 198-51-100-9.orders.shop.svc.cluster.local.
                    2001-db8--1.orders.shop.svc.cluster.local. 198-51-100-21.web.shop.svc.cluster.local.
                    a.b.c.web.shop.svc.cluster.local. *.shop.svc.cluster.local. www.example.com.cluster.local.
                    198-51-100-1.shop.pod.cluster.local. 2001-db8--1.shop.pod.cluster.local. 1-2-3.shop.pod.cluster.local.
                    198-51-100-01.shop.pod.cluster.local. x.198-51-100-1.shop.pod.cluster.local.
                    x.y.z.198-51-100-1.shop.pod.cluster.local. 198-51-100-1.nowhere.pod.cluster.local.
                    in-addr.arpa. 10.2.0.192.in-addr.arpa. 99.2.0.192.in-addr.arpa. 2.0.192.in-addr.arpa.
                    1.100.51.198.in-addr.arpa. 2.100.51.198.in-addr.arpa. x.10.2.0.192.in-addr.arpa. 010.2.0.192.in-addr.arpa.
                    web.shop.svc.in-addr.arpa. ip6.arpa.
                    """.split("\\s+"), new String[] {V6_REVERSE})
            .flatMap(Stream::of)
            .toList();

    /** The agreed differences that {@code compatibility coredns} leaves, each with its reason; see the module's README. */
    private static final Map<String, String> AGREED = Map.of(
            "partner.shop.svc.cluster.local. A", "the RCODE of a target outside is copied: RFC 6604 section 3",
            "partner.shop.svc.cluster.local. AAAA", "the RCODE of a target outside is copied: RFC 6604 section 3",
            "away.shop.svc.cluster.local. A", "a missing target here is NXDOMAIN behind its alias: RFC 6604 section 3",
            "away.shop.svc.cluster.local. AAAA",
                    "a missing target here is NXDOMAIN behind its alias: RFC 6604 section 3",
            "loop.shop.svc.cluster.local. A", "a loop ends with its alias, not without it: RFC 1034 section 3.6.2",
            "loop.shop.svc.cluster.local. AAAA", "a loop ends with its alias, not without it: RFC 1034 section 3.6.2",
            "inner.shop.svc.cluster.local. AAAA",
                    "an alias stays where its target has not the type: RFC 2308 section 2.2");

    @TempDir
    private Path folder;

    private final ScriptedApiServer api = ScriptedApiServer.start();

    @BeforeEach
    void fill() {
        put("namespaces", "v1", "Namespace", "", "shop", "");
        service(
                "web",
                "\"clusterIP\":\"192.0.2.10\",\"ports\":[" + port("http", "TCP", 80) + "," + port("alt", "TCP", 81)
                        + "]");
        service(
                "dual",
                "\"clusterIP\":\"192.0.2.11\",\"clusterIPs\":[\"192.0.2.11\",\"2001:db8::10\"],\"ports\":["
                        + port("http", "TCP", 80) + "]");
        service("six", "\"clusterIP\":\"2001:db8::11\",\"clusterIPs\":[\"2001:db8::11\"]");
        service("portless", "\"clusterIP\":\"192.0.2.12\"");
        service("unnamed", "\"clusterIP\":\"192.0.2.13\",\"ports\":[{\"protocol\":\"TCP\",\"port\":8080}]");
        service(
                "names",
                "\"clusterIP\":\"192.0.2.53\",\"ports\":[" + port("dns", "UDP", 53) + "," + port("dns-tcp", "TCP", 53)
                        + "]");
        for (String headless : List.of("orders", "twins", "idle", "bare")) {
            service(headless, "\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"]");
        }
        alias("inner", "web.shop.svc.cluster.local");
        alias("loop", "loop.shop.svc.cluster.local");
        alias("literal", "192.0.2.1");
        alias("partner", "api.partner.example");
        alias("away", "missing.shop.svc.cluster.local");
        slice("web-1", "web", "IPv4", "{\"addresses\":[\"198.51.100.21\"]}", port("http", "TCP", 8080));
        slice(
                "orders-1",
                "orders",
                "IPv4",
                "{\"addresses\":[\"198.51.100.1\"],\"hostname\":\"first\"},{\"addresses\":[\"198.51.100.2\"]},"
                        + "{\"addresses\":[\"198.51.100.9\"],\"conditions\":{\"ready\":false}}",
                port("grpc", "TCP", 9000) + "," + port("http", "TCP", 8080));
        slice("orders-6", "orders", "IPv6", "{\"addresses\":[\"2001:db8::1\"]}", port("grpc", "TCP", 9000));
        slice(
                "twins-1",
                "twins",
                "IPv4",
                "{\"addresses\":[\"198.51.100.11\"],\"hostname\":\"twin\"},{\"addresses\":[\"198.51.100.12\"],\"hostname\":\"twin\"}",
                port("db", "TCP", 5432));
        slice("bare-1", "bare", "IPv4", "{\"addresses\":[\"198.51.100.31\"]}", "");
    }

    private void service(String name, String spec) {
        put("services", "v1", "Service", "shop", name, ",\"spec\":{" + spec + "}");
    }

    private void alias(String name, String target) {
        service(name, "\"type\":\"ExternalName\",\"externalName\":\"" + target + "\"");
    }

    private void slice(String name, String service, String family, String endpoints, String ports) {
        String fields =
                ",\"addressType\":\"" + family + "\",\"endpoints\":[" + endpoints + "],\"ports\":[" + ports + "]";
        put("endpointslices", "discovery.k8s.io/v1", "EndpointSlice", "shop", name, fields, service);
    }

    private static String port(String name, String protocol, int number) {
        return "{\"name\":\"" + name + "\",\"protocol\":\"" + protocol + "\",\"port\":" + number + "}";
    }

    /** Typed as client-go wants its objects. */
    private void put(String resource, String version, String kind, String... parts) {
        String labels = parts.length > 3 ? ",\"labels\":{\"kubernetes.io/service-name\":\"" + parts[3] + "\"}" : "";
        api.put(
                resource,
                parts[0] + "/" + parts[1],
                "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + parts[1]
                        + "\",\"namespace\":\"" + parts[0] + "\",\"uid\":\"u-" + parts[1]
                        + "\",\"resourceVersion\":\"$VERSION\"" + labels + "}" + parts[2] + "}");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private NamedServer start(List<String> command, String option) throws IOException {
        String corefile = ".:PORT {\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        endpoint "
                + api.url() + "\n        pods insecure\n        ttl 30\n        " + option + "\n    }\n}\n";
        return NamedServer.start(command, folder, corefile);
    }

    @Test
    void coreDnsAnswersAsWeDoButForWhatIsAgreed() throws IOException {
        Optional<List<String>> coreDns = NamedServer.found("waypost.coredns", "coredns");
        assumeTrue(
                coreDns.isPresent(),
                "not compared: there is no 'coredns' on the PATH, and -Dwaypost.coredns names no command");
        // Where the command is one of ours, it needs the option too.
        String option = System.getProperty("waypost.coredns.option", "");
        try (NamedServer theirs = start(coreDns.get(), option);
                NamedServer ours = start(NamedServer.ours(), COMPATIBLE)) {
            assertThat(differences(theirs, ours)).isEmpty();
        }
    }

    @Test
    void twoOfOurOwnDoNotDiffer() throws IOException {
        try (NamedServer one = start(NamedServer.ours(), COMPATIBLE);
                NamedServer other = start(NamedServer.ours(), COMPATIBLE)) {
            assertThat(differences(one, other)).isEmpty();
        }
    }

    @Test
    void differencesAreFound() throws IOException {
        try (NamedServer compatible = start(NamedServer.ours(), COMPATIBLE);
                NamedServer plain = start(NamedServer.ours(), "")) {
            assertThat(differences(compatible, plain))
                    .anyMatch(each -> each.startsWith("cluster.local. TXT:"))
                    .anyMatch(each -> each.startsWith("10.2.0.192.in-addr.arpa. A:"))
                    .noneMatch(each -> each.startsWith("web.shop.svc.cluster.local. A:"));
        }
    }

    private static List<String> differences(NamedServer theirs, NamedServer ours) throws IOException {
        Dig one = theirs.awaitName("web.shop.svc.cluster.local.")
                .awaitName("twins.shop.svc.cluster.local.")
                .udp();
        Dig other = ours.awaitName("web.shop.svc.cluster.local.")
                .awaitName("twins.shop.svc.cluster.local.")
                .udp();
        List<String> differences = new ArrayList<>();
        for (String name : NAMES) {
            for (int type : TYPES) {
                String question = name + " " + Type.string(type);
                String answered = text(one.ask(name, type));
                String here = text(other.ask(name, type));
                if (!answered.equals(here) && !AGREED.containsKey(question)) {
                    differences.add(question + ":\n  theirs: " + answered + "\n  ours:   " + here);
                }
            }
        }
        return differences;
    }

    /** A reply in words: RCODE, AA, and every section, its records in order of their text, serials left away. */
    private static String text(Message reply) {
        String flags = reply.getHeader().getFlag(Flags.AA) ? " AA" : "";
        return Rcode.string(reply.getRcode())
                + flags
                + section(reply, Section.ANSWER)
                + section(reply, Section.AUTHORITY)
                + section(reply, Section.ADDITIONAL);
    }

    private static String section(Message reply, int section) {
        return reply.getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(CoreDnsDifferenceTest::text)
                .sorted()
                .collect(Collectors.joining(" | ", " " + Section.string(section) + "[", "]"));
    }

    private static String text(Record record) {
        String rdata = record instanceof SOARecord soa
                ? soa.getHost() + " " + soa.getAdmin() + " " + soa.getRefresh() + " " + soa.getRetry() + " "
                        + soa.getExpire() + " " + soa.getMinimum()
                : record.rdataToString();
        return (record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " " + rdata)
                .toLowerCase(Locale.ROOT);
    }
}
