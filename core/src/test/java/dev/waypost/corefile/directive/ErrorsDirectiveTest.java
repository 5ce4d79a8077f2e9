package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ErrorsDirectiveTest implements LayerContract {
    private static final Query QUESTION = Query.of(Name.fromConstantString("WWW.example.org."), Type.AAAA);

    @Override
    public Layer layer() {
        return new ErrorLog(new FakeTicker());
    }

    private static ZonePlan zone(Response response) {
        return CorefilePlanner.of(List.of(new ErrorsDirective(), new Answering(query -> response)))
                .plan("example.org {\n errors\n errors\n forward\n}", "Corefile", Path.of("."))
                .zones()
                .get(0);
    }

    private static List<String> lines(Response response) {
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            DnsAssertions.response(zone(response).resolver().resolve(QUESTION));
            return log.lines();
        }
    }

    @Test
    void aFailureIsSaidOnceWithItsReason() {
        assertThat(lines(Response.failure(Rcode.SERVFAIL, ExtendedError.NETWORK_ERROR, "no answer from 192.0.2.1:53")))
                .containsExactly("2 www.example.org. AAAA: no answer from 192.0.2.1:53 (answered by forward)");
        assertThat(lines(Response.failure(Rcode.SERVFAIL)))
                .containsExactly("2 www.example.org. AAAA: answered by forward");
    }

    @Test
    void answersAndRefusalsAreNoErrors() {
        assertThat(lines(Response.empty(Rcode.NOERROR, Freshness.always()))).isEmpty();
        assertThat(lines(Response.empty(Rcode.NXDOMAIN, Freshness.always()))).isEmpty();
        assertThat(lines(Response.failure(Rcode.REFUSED))).isEmpty();
    }

    @Test
    void whatAResolverThrowsIsSaid() {
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            zone(Response.failure(Rcode.REFUSED))
                    .observers()
                    .forEach(observer -> observer.failed(QUESTION, new IllegalStateException("broken")));
            assertThat(log.lines()).containsExactly("2 www.example.org. AAAA: java.lang.IllegalStateException: broken");
        }
    }

    @Test
    @DisplayName("a flood of failures does not flood the log")
    void linesASecondAreBounded() {
        FakeTicker ticker = new FakeTicker();
        ErrorLog errors = new ErrorLog(ticker);
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            for (int i = 0; i < 150; i++) {
                errors.failed(QUESTION, new IllegalStateException("broken"));
            }
            assertThat(log.lines()).hasSize(100);
            ticker.advance(Duration.ofSeconds(1));
            errors.failed(QUESTION, new IllegalStateException("broken"));
            assertThat(log.lines()).hasSize(102).contains("50 more failed and were not logged");
        }
    }

    private static Response failing(String why) {
        return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, why);
    }

    private static void fail(ErrorLog errors, String why, int times) {
        for (int i = 0; i < times; i++) {
            DnsAssertions.response(errors.over(query -> failing(why)).resolve(QUESTION));
        }
    }

    private static Consolidation.Rule rule(String expression, boolean showFirst) {
        return new Consolidation.Rule(Duration.ofMinutes(5), LinearPattern.of(expression), Level.WARNING, showFirst);
    }

    @Test
    void errorsOfOneKindAreSaidAsOneWhenTheTimeIsOver() {
        FakeTicker ticker = new FakeTicker();
        ErrorLog errors = new ErrorLog(ticker);
        errors.consolidate(rule(".* timeout$", false));
        errors.consolidate(rule("i/o.*", false));
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            fail(errors, "i/o timeout", 3);
            fail(errors, "broken", 1);
            errors.tellCounts();
            assertThat(log.lines()).containsExactly("2 www.example.org. AAAA: broken");
            ticker.advance(Duration.ofMinutes(5));
            errors.tellCounts();
            errors.tellCounts();
            assertThat(log.lines())
                    .containsExactly(
                            "2 www.example.org. AAAA: broken", "3 errors like '.* timeout$' occurred in last 5m");
        }
    }

    @Test
    void theFirstOfAKindMayBeSaidAtOnceAndThenNotAgainWhereItStaysAlone() {
        FakeTicker ticker = new FakeTicker();
        ErrorLog errors = new ErrorLog(ticker);
        errors.consolidate(rule("timeout", true));
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            fail(errors, "timeout", 1);
            ticker.advance(Duration.ofMinutes(5));
            errors.tellCounts();
            assertThat(log.lines()).containsExactly("2 www.example.org. AAAA: timeout");
            fail(errors, "timeout", 2);
            ticker.advance(Duration.ofMinutes(5));
            errors.tellCounts();
            assertThat(log.lines())
                    .containsExactly(
                            "2 www.example.org. AAAA: timeout",
                            "2 www.example.org. AAAA: timeout",
                            "2 errors like 'timeout' occurred in last 5m");
        }
    }

    @Test
    void consolidationAndStackTracesAreOptions() {
        EnginePlan plan = CorefilePlanner.of(List.of(new ErrorsDirective(), new Answering(query -> failing("x y"))))
                .plan(
                        "example.org {\n errors {\n stacktrace\n consolidate 100ms \"x .*\" info show_first\n"
                                + " consolidate 1h z\n }\n forward\n}",
                        "Corefile",
                        Path.of("."));
        assertThat(plan.tasks())
                .extracting(PeriodicTask::interval)
                .containsExactly(Duration.ofMillis(100), Duration.ofSeconds(1));
        try (LogLines log = new LogLines("dev.waypost.errors")) {
            ZonePlan zone = plan.zones().get(0);
            for (int i = 0; i < 2; i++) {
                DnsAssertions.response(zone.resolver().resolve(QUESTION));
            }
            assertThat(log.lines()).containsExactly("2 www.example.org. AAAA: x y (answered by forward)");
            zone.observers().forEach(observer -> observer.failed(QUESTION, new IllegalStateException("broken")));
            assertThat(log.thrown()).hasSize(1);
        }
    }
}
