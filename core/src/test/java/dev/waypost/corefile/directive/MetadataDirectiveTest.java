package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Zones;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class MetadataDirectiveTest {
    private final AtomicReference<Query> asked = new AtomicReference<>();

    /** Tells two labels and notes the query that reaches it. */
    private final class Labelling implements DirectiveFactory {
        @Override
        public String name() {
            return "kubernetes";
        }

        @Override
        public void configure(Statement directive, BlockContext block) {
            block.metadata(
                    (label, query) -> label.equals("kubernetes/namespace") ? Optional.of("shop") : Optional.empty());
            block.metadata((label, query) -> label.startsWith("kubernetes/")
                    ? Optional.of(query.qname() + " " + query.client().port())
                    : Optional.empty());
            block.resolver(query -> {
                asked.set(query);
                return Response.empty(Rcode.NOERROR, Freshness.always());
            });
        }
    }

    private ZonePlan zone(String directives) {
        return CorefilePlanner.of(List.of(new MetadataDirective(), new LogDirective(), new Labelling()))
                .plan("example.org {\n" + directives + "\n kubernetes\n}", "Corefile", Path.of("."))
                .zones()
                .get(0);
    }

    private Optional<String> label(String directives, String qname, String label) {
        Query query = Query.of(Zones.name(qname), Type.A);
        DnsAssertions.response(zone(directives).resolver().resolve(query));
        return asked.get().metadata().value(label);
    }

    @Test
    void directivesTellLabelsToThoseBelow() {
        assertThat(label("metadata", "www.example.org", "kubernetes/namespace")).contains("shop");
        assertThat(label("metadata", "www.example.org", "kubernetes/service")).contains("www.example.org. 0");
        assertThat(label("metadata", "www.example.org", "other/service")).isEmpty();
    }

    @Test
    void withoutTheDirectiveThereAreNone() {
        assertThat(label("", "www.example.org", "kubernetes/namespace")).isEmpty();
    }

    @Test
    void onlyTheNamedZonesHaveLabels() {
        String directives = "metadata a.example.org\n metadata b.example.org";
        assertThat(label(directives, "www.a.example.org", "kubernetes/namespace"))
                .contains("shop");
        assertThat(label(directives, "www.b.example.org", "kubernetes/namespace"))
                .contains("shop");
        assertThat(label(directives, "www.example.org", "kubernetes/namespace")).isEmpty();
    }

    private List<String> lines(String directives) {
        try (LogLines log = new LogLines("dev.waypost.log")) {
            zone(directives).observers().forEach(observer -> observer.replied(Exchanges.success("www.example.org.")));
            return log.lines();
        }
    }

    @Test
    void theQueryLogWritesLabels() {
        String format = "log . \"{/kubernetes/namespace} {/kubernetes/service} {/other/service}\"";
        assertThat(lines("metadata\n" + format)).containsExactly("shop www.example.org. 40212 -");
        assertThat(lines(format)).containsExactly("- - -");
    }

    @Test
    void theQueryLogTellsItsOwnLabelsAndThoseOfWhoAnswered() {
        String format = "log . \"{/log/class} {/forward/upstream} {/kubernetes/namespace}\"";
        Exchange exchange = Exchanges.labelled(Map.of("forward/upstream", "192.0.2.53:53"));
        try (LogLines log = new LogLines("dev.waypost.log")) {
            zone("metadata\n" + format).observers().forEach(observer -> observer.replied(exchange));
            zone(format).observers().forEach(observer -> observer.replied(exchange));
            assertThat(log.lines()).containsExactly("success 192.0.2.53:53 shop", "- - -");
        }
    }
}
