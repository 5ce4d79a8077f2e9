package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.MetricSource;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.Zones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CacheDirectiveTest {
    private static EnginePlan plan(String... directives) {
        String text = ".:1053 {\n" + String.join("\n", directives) + "\n}\n";
        return CorefilePlanner.of(List.of(new ForwardDirective(), new CacheDirective()))
                .plan(text, "Corefile", Path.of("."));
    }

    private static CacheSettings settings(String directive) {
        return ((CachingLayer) plan(directive).metrics().get(0)).settings();
    }

    private static CacheSettings described(Consumer<CacheBuilder> description) {
        CacheBuilder builder = CachingLayer.builder().server("dns://:1053");
        description.accept(builder);
        return builder.settings();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Arguments form(String option, Consumer<CacheBuilder> meaning) {
        return Arguments.of("cache {\n" + option + "\n}", meaning);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("cache", (Consumer<CacheBuilder>) builder -> {}),
                Arguments.of("cache 30", (Consumer<CacheBuilder>)
                        builder -> builder.successTtl(seconds(30)).denialTtl(seconds(30))),
                Arguments.of("cache example.org 192.0.2.0/24", (Consumer<CacheBuilder>) builder ->
                        builder.zones(List.of(Zones.name("example.org."), Zones.name("2.0.192.in-addr.arpa.")))),
                Arguments.of("cache 30 example.org", (Consumer<CacheBuilder>) builder -> builder.successTtl(seconds(30))
                        .denialTtl(seconds(30))
                        .zones(List.of(Zones.name("example.org.")))),
                form("success 5000", builder -> builder.successBytes(5_120_000)),
                form(
                        "success 5000 60 5",
                        builder -> builder.successBytes(5_120_000)
                                .successTtl(seconds(60))
                                .successLeastTtl(seconds(5))),
                form("denial 1000 10", builder -> builder.denialBytes(1_024_000).denialTtl(seconds(10))),
                form(
                        "denial 1000 10 0",
                        builder -> builder.denialBytes(1_024_000).denialTtl(seconds(10))),
                form("servfail 2s", builder -> builder.servfail(seconds(2))),
                form("servfail 0", builder -> builder.servfail(seconds(0))),
                form("servfail 1s 5m", builder -> builder.servfail(seconds(1), seconds(300))),
                form("disable success", builder -> builder.withoutSuccess(Zones.name("."))),
                form(
                        "disable denial cluster.local example.org",
                        builder -> builder.withoutDenial(Zones.name("cluster.local."), Zones.name("example.org."))),
                form("keepttl", builder -> builder.keepTtl(true)),
                form("prefetch 2", builder -> builder.prefetch(2, seconds(60), 10)),
                form("prefetch 2 30s", builder -> builder.prefetch(2, seconds(30), 10)),
                form("prefetch 2 30s 25%", builder -> builder.prefetch(2, seconds(30), 25)),
                form("serve_stale", builder -> builder.serveStale(StalePolicy.IMMEDIATE)),
                form("serve_stale 1h", builder -> builder.serveStale(StalePolicy.IMMEDIATE, seconds(3600))),
                form("serve_stale verify", builder -> builder.serveStale(StalePolicy.VERIFY)),
                form("serve_stale 1h Verify", builder -> builder.serveStale(StalePolicy.VERIFY, seconds(3600))),
                form(
                        "serve_stale 1h immediate 10s 20s",
                        builder -> builder.serveStale(StalePolicy.IMMEDIATE, seconds(3600))
                                .staleTtl(seconds(10))
                                .failureRecheck(seconds(20))),
                form(
                        "serve_stale 1h verify 100ms 10s 20s",
                        builder -> builder.serveStale(StalePolicy.VERIFY, seconds(3600))
                                .staleTimer(Duration.ofMillis(100))
                                .staleTtl(seconds(10))
                                .failureRecheck(seconds(20))),
                form(
                        "serve_stale_policy prefer_positive\nserve_stale",
                        builder -> builder.serveStale(StalePolicy.IMMEDIATE).preferPositive(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void everyFormMeansWhatTheBuilderSays(String directive, Consumer<CacheBuilder> meaning) {
        assertThat(settings(directive)).isEqualTo(described(meaning));
    }

    private static Arguments fault(String option, String message) {
        return Arguments.of("cache 30 {\n" + option + "\n}", message);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("cache abc..def", "2:7: "),
                Arguments.of("cache 0", "2:7: 'cache' wants a number 1..2147483647, found \"0\""),
                Arguments.of("cache\ncache", "3:1: a server block wants one 'cache', and there is one at Corefile:2:1"),
                fault("sucess 5", "3:1: 'cache' has no option 'sucess'"),
                fault("success", "3:1: 'success' wants CAPACITY [TTL] [MINTTL], found 0 arguments"),
                fault("success 1 2 3 4", "3:1: 'success' wants CAPACITY [TTL] [MINTTL], found 4 arguments"),
                fault("success 0", "3:9: 'success' wants a number 1..2147483647, found \"0\""),
                fault("denial 1 0", "3:10: 'denial' wants a number 1..2147483647, found \"0\""),
                fault("disable", "3:1: 'disable' wants success or denial, found nothing"),
                fault("disable everything", "3:9: 'disable' wants success or denial, found \"everything\""),
                fault("servfail 6m", "3:10: 'servfail' wants a duration of at most 5m, found \"6m\""),
                fault("servfail 2s 1s", "3:13: 'servfail' wants a longest duration of at least 2s, found \"1s\""),
                fault("keepttl yes", "3:9: 'keepttl' wants no argument, found \"yes\""),
                fault("prefetch", "3:1: 'prefetch' wants AMOUNT [DURATION [PERCENTAGE%]], found 0 arguments"),
                fault("prefetch -1", "3:10: 'prefetch' wants a number 0..2147483647, found \"-1\""),
                fault("prefetch 2 soon", "3:12: 'prefetch' wants a duration as 5s or 1m30s, found \"soon\""),
                fault("prefetch 2 1m 20", "3:15: 'prefetch' wants a percentage 10%..90%, found \"20\""),
                fault("prefetch 2 1m 5%", "3:15: 'prefetch' wants a percentage 10%..90%, found \"5%\""),
                fault("prefetch 2 1m 91%", "3:15: 'prefetch' wants a percentage 10%..90%, found \"91%\""),
                fault("serve_stale 73h", "3:13: 'serve_stale' wants a duration of at most 72h, found \"73h\""),
                fault("serve_stale 1h never", "3:16: 'serve_stale' wants immediate or verify, found \"never\""),
                fault(
                        "serve_stale 1h immediate 1s 6m",
                        "3:29: 'serve_stale' wants a duration of at most 5m, found \"6m\""),
                fault(
                        "serve_stale 1h immediate 1s 1s 1s",
                        "3:32: 'serve_stale' wants nothing behind FAILURE_RECHECK, found \"1s\""),
                fault("serve_stale_policy prefer_positive", "3:1: 'serve_stale_policy' wants 'serve_stale' beside it"),
                fault(
                        "serve_stale\nserve_stale_policy negative",
                        "4:20: 'serve_stale_policy' wants prefer_positive, found \"negative\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultIsToldWithItsPlace(String directive, String message) {
        assertThatThrownBy(() -> plan(directive))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:" + message);
    }

    @Test
    void measurementsSayWhichServerAndWhichZones() {
        MetricSource source = plan("cache example.org").metrics().get(0);
        source.collect(metric -> assertThat(metric.labels())
                .containsEntry("server", "dns://:1053")
                .containsEntry("view", "")
                .containsEntry("zones", "example.org."));
    }
}
