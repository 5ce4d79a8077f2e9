package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.DnsAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** In which order directives take part in a query, whatever a Corefile's order is. */
class DirectiveOrderTest {
    private static final Path HERE = Path.of("/corefiles");
    private static final Query QUESTION = Query.of(Name.fromConstantString("www.example.org."), Type.A);

    private static Response ask(ZonePlan zone) {
        return DnsAssertions.response(zone.resolver().resolve(QUESTION));
    }

    @Test
    void directivesTakePartInCoreDnsOrderAndRepeatsInFileOrder() {
        List<DirectiveFactory> directives = new ArrayList<>(NamedDirective.all(
                "errors", "cache", "rewrite", "loadbalance", "acl", "log", "minimal", "whoami", "forward"));
        String text = """
                . {
                    forward b
                    forward a
                    whoami
                    minimal
                    cache
                    acl
                    rewrite 2
                    rewrite 1
                    loadbalance
                    log
                    errors
                }
                """;
        EnginePlan plan = CorefilePlanner.of(directives).plan(text, "Corefile", HERE);
        assertThat(NamedDirective.signatures(ask(plan.zones().get(0))))
                .containsExactly(
                        "whoami",
                        "forward a",
                        "forward b",
                        "minimal",
                        "cache",
                        "acl",
                        "rewrite 1",
                        "rewrite 2",
                        "loadbalance",
                        "log",
                        "errors");
    }

    @Test
    void theOrderIsTheSameWhateverTheFileSays() {
        String[] keywords = {"template", "hosts", "kubernetes", "file", "forward", "cache", "errors"};
        List<String> lines = new ArrayList<>(List.of(keywords));
        List<String> expected = List.of("forward", "file", "kubernetes", "hosts", "template", "cache", "errors");
        for (int turn = 0; turn < keywords.length; turn++) {
            lines.add(lines.remove(0));
            String text = ". {\n" + String.join("\n", lines) + "\n}";
            EnginePlan plan = CorefilePlanner.of(NamedDirective.all(keywords)).plan(text, "Corefile", HERE);
            assertThat(NamedDirective.signatures(ask(plan.zones().get(0)))).isEqualTo(expected);
        }
    }

    @Test
    void theTableHoldsEveryDirectiveOnce() {
        assertThat(DirectiveOrder.COREDNS)
                .doesNotHaveDuplicates()
                .hasSize(60)
                .containsSubsequence(
                        "prometheus",
                        "errors",
                        "log",
                        "loadbalance",
                        "rewrite",
                        "acl",
                        "cache",
                        "template",
                        "hosts",
                        "kubernetes",
                        "file",
                        "loop",
                        "forward",
                        "whoami");
    }

    @Test
    void aKeywordThatCoreDnsHasNotStandsWhereItSays() {
        CorefilePlanner planner = CorefilePlanner.of(List.of(
                new NamedDirective("rrl", "any"),
                new NamedDirective("mine"),
                new NamedDirective("loop"),
                new NamedDirective("forward"),
                new NamedDirective("acl"),
                new NamedDirective("dns64")));
        assertThat(planner.directives()).containsExactly("dns64", "rrl", "acl", "loop", "mine", "forward");
        assertThatThrownBy(() -> CorefilePlanner.of(List.of(new NamedDirective("mine", "nowhere"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'mine'")
                .hasMessageContaining("'nowhere'");
    }

    @Test
    void twoModulesWithOneKeywordAreAnInstallationFault() {
        assertThatThrownBy(() -> CorefilePlanner.of(NamedDirective.all("cache", "cache")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("directive 'cache' is installed twice: ");
    }
}
