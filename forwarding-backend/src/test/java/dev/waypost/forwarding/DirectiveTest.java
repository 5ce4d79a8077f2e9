package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.MetricSource;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DirectiveTest {
    @TempDir
    private Path folder;

    private EnginePlan plan(String... directives) {
        String text = ".:1053 {\n" + String.join("\n", directives) + "\n}\n";
        return CorefilePlanner.of(List.of(new ForwardDirective(), new CacheDirective(), new LoopDirective()))
                .withTicker(new FakeTicker())
                .plan(text, "Corefile", folder);
    }

    @Test
    void directivesAreServices() {
        assertThat(CorefilePlanner.installed().directives()).contains("cache", "loop", "forward");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "forward . 127.0.0.1:1053",
                        "2:11: 'forward' wants another server, found 127.0.0.1:1053, where this one listens (dns://:1053)"),
                Arguments.of("forward .", "2:1: 'forward' wants FROM and at least one TO, found 1 arguments"),
                Arguments.of("loop forever", "2:6: 'loop' wants no argument, found \"forever\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultIsToldWithItsPlace(String directive, String message) {
        assertThatThrownBy(() -> plan(directive))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:" + message);
    }

    @Test
    void sixteenthUpstreamIsRefused() {
        StringBuilder line = new StringBuilder("forward .");
        for (int i = 0; i < 16; i++) {
            line.append(" 192.0.2.").append(i);
        }
        assertThatThrownBy(() -> plan(line.toString()))
                .hasMessageContaining("'forward' wants at most 15 upstreams, found 16")
                .hasMessageStartingWith("Corefile:2:");
    }

    @Test
    void brokenResolvConfIsToldWithBothPlaces() throws Exception {
        Files.writeString(folder.resolve("resolv.conf"), "search example.org\n");
        assertThatThrownBy(() -> plan("forward . resolv.conf"))
                .hasMessageStartingWith("Corefile:2:11: 'forward' cannot use this file: ")
                .hasMessageContaining("resolv.conf: wants at least one 'nameserver' line");
    }

    @Test
    void everyKindOfUpstreamIsTaken() throws Exception {
        Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.7\n");
        EnginePlan plan =
                plan("forward . 192.0.2.1 dns://192.0.2.2:5353 [2001:db8::1]:53 resolv.conf tls://192.0.2.3%dns.example"
                        + " https://192.0.2.4");
        assertThat(plan.lifecycles())
                .singleElement()
                .isInstanceOfSatisfying(
                        Forwarder.class,
                        forwarder -> assertThat(forwarder.upstreams())
                                .extracting(UpstreamAddress::toString)
                                .containsExactly(
                                        "192.0.2.1:53",
                                        "192.0.2.2:5353",
                                        "[2001:db8:0:0:0:0:0:1]:53",
                                        "192.0.2.7:53",
                                        "tls://192.0.2.3:853",
                                        "https://192.0.2.4:443/dns-query"));
    }

    @Test
    void defaultKubernetesLinesAnswerThroughTheWholeChain() throws Exception {
        String answer = "www.example. 300 A 192.0.2.1";
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.running((query, line) -> line.send((query.qtype() == Type.HINFO
                                        ? Replies.reply(query, Rcode.NXDOMAIN)
                                        : Replies.answer(query, answer))
                                .toWire()));
                DnsEngine engine = DnsEngine.of(plan(
                        "forward . " + AddressLiteral.format(upstream.address()) + " {",
                        "  max_concurrent 1000",
                        "}",
                        "cache 30 {",
                        "  disable success cluster.local",
                        "  disable denial cluster.local",
                        "}",
                        "loop"))) {
            engine.start();
            engine.awaitReady(Duration.ofMinutes(1));
            assertThat(engine.resolve(Questions.a("www.example."))).answers("www.example. 30 A 192.0.2.1");
            assertThat(engine.resolve(Questions.a("www.example.")))
                    .hasRcode(Rcode.NOERROR)
                    .isNotAuthoritative();
            Awaitility.await()
                    .until(() -> upstream.received().stream()
                                    .map(ReceivedQuery::qtype)
                                    .distinct()
                                    .count()
                            == 2);
            assertThat(upstream.received())
                    .extracting(ReceivedQuery::qtype)
                    .containsOnly(Type.HINFO, Type.A); // either is asked again on a busy machine
            List<String> metrics = new ArrayList<>();
            engine.collect(metric -> metrics.add(metric.name()));
            engine.plan()
                    .attachments(MetricSource.class)
                    .forEach(source -> source.collect(metric -> metrics.add(metric.name())));
            assertThat(metrics)
                    .contains(
                            "coredns_cache_hits_total",
                            "coredns_forward_max_concurrent_rejects_total",
                            "coredns_proxy_request_duration_seconds",
                            "waypost_forward_loop");
        }
    }

    @Test
    void forwardersOfOneHostCountTogether() {
        List<MetricSource> sources =
                plan("forward example.org 192.0.2.1", "forward . 192.0.2.1").attachments(MetricSource.class);
        assertThat(sources).hasSize(2);
        assertThat(sources.get(0)).isSameAs(sources.get(1));
    }

    @Test
    void bigAnswerIsTruncatedForASmallClient() throws Exception {
        // RFC 1035 section 4.2.1: the forwarder hands on the whole, the wire plane cuts
        String[] records = new String[60];
        for (int i = 0; i < records.length; i++) {
            records[i] = "www.example. 300 A 192.0.2." + i;
        }
        try (ScriptedUpstream upstream = ScriptedUpstream.running(Replies.answering(records));
                DnsEngine engine =
                        DnsEngine.of(plan("forward . " + AddressLiteral.format(upstream.address()), "cache"))) {
            engine.start();
            DnsAssertions.response(engine.resolve(Questions.a("www.example."))); // into the cache
            byte[] reply = WireClient.ask(engine, "www.example.");
            assertThat(reply.length).isLessThanOrEqualTo(512);
            assertThat(reply[2] & 0x02).as("TC").isNotZero();
        }
    }
}
