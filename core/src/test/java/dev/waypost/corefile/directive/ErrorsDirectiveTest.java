package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.LayerContract;
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
    @DisplayName("fault 28: a flood of failures does not flood the log")
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
}
