package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Response;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CorefilePlannerTest {
    private static final Path HERE = Path.of("/corefiles");
    private static final Query QUESTION = Query.of(Name.fromConstantString("www.example.org."), Type.A);

    private record Scripted(String name, BiConsumer<Statement, BlockContext> script) implements DirectiveFactory {
        @Override
        public void configure(Statement directive, BlockContext block) {
            script.accept(directive, block);
        }
    }

    private static DirectiveFactory directive(String name, BiConsumer<Statement, BlockContext> script) {
        return new Scripted(name, script);
    }

    private static List<DirectiveFactory> named(String... names) {
        return Arrays.stream(names).<DirectiveFactory>map(NamedDirective::new).toList();
    }

    private static EnginePlan plan(String text, DirectiveFactory... directives) {
        return CorefilePlanner.of(List.of(directives)).plan(text, "Corefile", HERE);
    }

    private static Response ask(ZonePlan zone) {
        return DnsAssertions.response(zone.resolver().resolve(QUESTION));
    }

    private static Response answer() {
        return Response.empty(Rcode.NOERROR, Freshness.always());
    }

    @Test
    void everyZoneOfABlockHasItsPlanAndAllShareOneChain() {
        EnginePlan plan = plan("a.example b.example:54 dns://c.example:853 {\n}\n. {\n}");
        assertThat(plan.zones())
                .extracting(zone -> zone.origin() + " " + zone.listen())
                .containsExactly(
                        "a.example. [dns://:53]", "b.example. [dns://:54]", "c.example. [dns://:853]", ". [dns://:53]");
        assertThat(plan.zones().get(0).resolver()).isSameAs(plan.zones().get(2).resolver());
    }

    @Test
    void aZoneOnTwoPortsIsOnePlan() {
        assertThat(plan(".:53 .:54 {\n}").zones())
                .extracting(zone -> zone.origin() + " " + zone.listen())
                .containsExactly(". [dns://:53, dns://:54]");
    }

    @Test
    void aBlockWithoutAPortHasTheHostsPort() {
        EnginePlan plan =
                CorefilePlanner.of(List.of()).withDefaultPort(1053).plan(". {\n}\na.example:53 {\n}", "C", HERE);
        assertThat(plan.listenPoints()).containsExactly(ListenPoint.dns(1053), ListenPoint.dns(53));
    }

    @Test
    void theEndOfABlockIsRefusedAndNoOtherBlockIsAsked() {
        EnginePlan plan = plan(
                "www.example.org {\n}\nexample.org {\n whoami\n}",
                directive("whoami", (statement, block) -> block.resolver(query -> answer())));
        DnsAssertions.assertThat(ask(plan.zones().get(0)))
                .hasRcode(Rcode.REFUSED)
                .hasExtendedError(20);
        DnsAssertions.assertThat(ask(plan.zones().get(1))).hasRcode(Rcode.NOERROR);
    }

    @Test
    void directivesTakePartInCoreDnsOrderAndRepeatsInFileOrder() {
        List<DirectiveFactory> directives = new ArrayList<>(
                named("errors", "cache", "rewrite", "loadbalance", "acl", "log", "minimal", "whoami", "forward"));
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
            EnginePlan plan = CorefilePlanner.of(named(keywords)).plan(text, "Corefile", HERE);
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
        assertThatThrownBy(() -> CorefilePlanner.of(named("cache", "cache")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("directive 'cache' is installed twice: ");
    }

    @Test
    void aResolverThatFallsThroughGivesTheTurnToTheNext() {
        EnginePlan plan = plan(
                ". {\n hosts\n whoami\n}",
                directive("hosts", (statement, block) -> block.resolver(query -> Fallthrough.FALLTHROUGH)),
                directive("whoami", (statement, block) -> block.resolver(query -> answer())));
        assertThat(ask(plan.zones().get(0)).answeredBy()).isEqualTo("whoami");
    }

    @Test
    void anAnswerThatIsSignedKeepsItsSignature() {
        EnginePlan plan = plan(
                ". {\n whoami\n}",
                directive(
                        "whoami", (statement, block) -> block.resolver(query -> answer().withAnsweredBy("somebody"))));
        assertThat(ask(plan.zones().get(0)).answeredBy()).isEqualTo("somebody");
    }

    @Test
    void bindChoosesTheListenPointsAndTellsBlocksApart() {
        DirectiveFactory bind = directive(
                "bind",
                (statement, block) -> block.listenOn(
                        statement.arguments().stream().map(Token::text).toList()));
        EnginePlan plan =
                plan(". {\n bind 192.0.2.1 ::1\n bind lo 192.0.2.1\n}\n. {\n bind 192.0.2.2\n}\n.:54 {\n}", bind);
        assertThat(plan.listenPoints())
                .extracting(ListenPoint::toString)
                .containsExactly(
                        "dns://192.0.2.1:53", "dns://[::1]:53", "dns://lo:53", "dns://192.0.2.2:53", "dns://:54");
        assertThatThrownBy(() -> plan(". {\n bind 192.0.2.1\n}\n. {\n bind 192.0.2.2 192.0.2.1\n}", bind))
                .hasMessage("Corefile:4:1: zone . is already served at dns://192.0.2.1:53 by Corefile:1:1;"
                        + " 'bind', a port or 'view' would tell them apart");
        assertThatThrownBy(() -> plan(". {\n bind 192.0.2.1\n}\n. {\n}", bind))
                .hasMessageStartingWith("Corefile:4:1: ");
        assertThatThrownBy(() -> plan(". {\n}\n. {\n bind 192.0.2.1\n}", bind))
                .hasMessageStartingWith("Corefile:3:1: ");
        assertThat(plan(". {\n}\n.:54 {\n}", bind).zones()).hasSize(2);
    }

    @Test
    void aDirectiveKnowsTheZonesOfItsBlockOrThoseItNames() {
        List<List<Name>> seen = new ArrayList<>();
        DirectiveFactory file = directive("file", (statement, block) -> {
            seen.add(block.zones());
            seen.add(block.zonesOf(statement.arguments()));
        });
        plan("example.org:53 example.org:54 10.0.0.0/15 {\n file\n file Example.net 2001:db8::/32\n}", file);
        assertThat(seen)
                .extracting(Object::toString)
                .containsExactly(
                        "[example.org., 0.10.in-addr.arpa., 1.10.in-addr.arpa.]",
                        "[example.org., 0.10.in-addr.arpa., 1.10.in-addr.arpa.]",
                        "[example.org., 0.10.in-addr.arpa., 1.10.in-addr.arpa.]",
                        "[example.net., 8.b.d.0.1.0.0.2.ip6.arpa.]");
        assertThatThrownBy(() -> plan(". {\n file example.org:53\n}", file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:2:7: a zone wants a domain name");
    }

    @Test
    void fileNamesStartInTheCorefilesFolderOrAtTheRootDirective(@TempDir Path folder) throws IOException {
        List<Path> seen = new ArrayList<>();
        DirectiveFactory root = directive(
                "root",
                (statement, block) ->
                        block.root(block.path(statement.arguments().get(0))));
        DirectiveFactory file = directive(
                "file",
                (statement, block) -> seen.add(block.path(statement.arguments().get(0))));
        String text = ". {\n file db\n file /etc/db\n root zones\n}\na.example {\n file db\n}";
        plan(text, root, file);
        Path corefile = Files.writeString(folder.resolve("Corefile"), text);
        CorefilePlanner.of(List.of(root, file)).plan(corefile);
        assertThat(seen)
                .containsExactly(
                        HERE.resolve("zones/db"),
                        Path.of("/etc/db"),
                        HERE.resolve("db"),
                        folder.resolve("zones/db"),
                        Path.of("/etc/db"),
                        folder.resolve("db"));
        assertThatThrownBy(() -> plan(". {\n file \"a\0b\"\n}", file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:2:7: a file name is wanted");
    }

    @Test
    void whatDirectivesAddIsInThePlan() {
        PeriodicTask task = new PeriodicTask("task", Duration.ofSeconds(1), () -> {});
        QueryObserver observer = exchange -> {};
        MetricSource measured = sink -> {};
        EnginePlan plan = plan(". {\n whoami\n}\na.example {\n}", directive("whoami", (statement, block) -> {
            block.every(task);
            block.observer(observer);
            block.metrics(measured);
            block.metrics(measured); // as two blocks do that share it
            block.attach("attachment");
        }));
        assertThat(plan.tasks()).containsExactly(task);
        assertThat(plan.metrics()).containsOnlyOnce(measured);
        assertThat(plan.attachments(String.class)).containsExactly("attachment");
        assertThat(plan.zones().get(0).observers()).containsExactly(observer);
        assertThat(plan.zones().get(1).observers()).isEmpty();
    }

    @Test
    void aDirectiveCanAskWhereItsZonesAreListenedFor() {
        List<String> told = new ArrayList<>();
        plan(
                "a.example:53 b.example:54 {\n whoami\n bind 127.0.0.1\n}",
                directive("whoami", (statement, block) -> {
                    told.add(block.directives().toString());
                    told.add(block.listenPoints().toString());
                    told.add(block.listenPointsOf(block.zones().get(1)).toString());
                }),
                directive("bind", (statement, block) -> block.listenOn(List.of("127.0.0.1"))));
        assertThat(told)
                .containsExactly("[whoami, bind]", "[dns://127.0.0.1:53, dns://127.0.0.1:54]", "[dns://127.0.0.1:54]");
    }

    @Test
    void sharedObjectsLiveAsLongAsThePlannerAndOthersAsLongAsTheBlock() {
        List<AtomicInteger> shared = new ArrayList<>();
        List<AtomicInteger> own = new ArrayList<>();
        CorefilePlanner planner = CorefilePlanner.of(List.of(directive("whoami", (statement, block) -> {
            shared.add(block.shared(AtomicInteger.class, AtomicInteger::new));
            own.add(block.inBlock(AtomicInteger.class, AtomicInteger::new));
        })));
        planner.plan(". {\n whoami\n whoami\n}\na.example {\n whoami\n}", "Corefile", HERE);
        planner.withDefaultPort(54).plan(". {\n whoami\n}", "Corefile", HERE);
        assertThat(Stream.of(1, 2, 3)).allSatisfy(i -> assertThat(shared.get(i)).isSameAs(shared.get(0)));
        assertThat(own.get(1)).isSameAs(own.get(0));
        assertThat(own.get(2)).isNotSameAs(own.get(0));
        assertThat(own.get(3)).isNotSameAs(own.get(0));
    }

    @Test
    void directivesSeeTheClockOfThePlanner() {
        FakeTicker ticker = new FakeTicker();
        CorefilePlanner.of(List.of(directive(
                        "whoami",
                        (statement, block) -> assertThat(block.ticker()).isSameAs(ticker))))
                .withTicker(ticker)
                .plan(". {\n whoami\n}", "Corefile", HERE);
    }

    @Test
    void nothingIsConfiguredWhenAKeywordIsUnknown() {
        AtomicInteger configured = new AtomicInteger();
        DirectiveFactory whoami = directive("whoami", (statement, block) -> configured.incrementAndGet());
        assertThatThrownBy(() -> plan(". {\n whoami\n}\na.example {\n nope-nope\n}", whoami))
                .isInstanceOf(ConfigurationException.class);
        assertThat(configured).hasValue(0);
    }

    @Test
    void theDefaultCorefilesOfKubernetesAreUnderstood() {
        CorefilePlanner planner = CorefilePlanner.of(named(
                "errors",
                "health",
                "ready",
                "kubernetes",
                "prometheus",
                "forward",
                "cache",
                "loop",
                "reload",
                "loadbalance",
                "bind"));
        assertThat(planner.plan(Corefiles.KUBERNETES, "Corefile", HERE).zones())
                .extracting(ZonePlan::origin)
                .containsExactly(Name.root);
        EnginePlan nodeLocal = planner.plan(Corefiles.NODE_LOCAL, "Corefile", HERE);
        assertThat(nodeLocal.zones())
                .extracting(zone -> zone.origin().toString())
                .containsExactly("cluster.local.", "in-addr.arpa.", ".");
    }

    @Test
    void theDigestIsOfWhatTheCorefileSaysNotOfItsLayout(@TempDir Path folder) throws IOException {
        CorefilePlanner planner =
                CorefilePlanner.of(named("whoami", "errors")).withEnvironment(name -> name.equals("V") ? "1" : null);
        Path corefile = folder.resolve("Corefile");
        Files.writeString(folder.resolve("part"), "errors\n");
        Files.writeString(corefile, ". {\n import part\n whoami a\n}");
        CorefileDigest digest = planner.digest(corefile);
        assertThat(digest.sha512()).matches("[0-9a-f]{128}");
        assertThat(planner.plan(corefile).attachments(CorefileDigest.class)).containsExactly(digest);
        Files.writeString(corefile, "# comment\n. {\n  errors\n  whoami   a # more\n}\n");
        assertThat(planner.digest(corefile)).isEqualTo(digest);
        for (String other : List.of(
                ". {\n errors\n whoami b\n}",
                ". {\n errors\n whoami a {$V}\n}",
                ". {\n errors a\n whoami\n}",
                ". {\n errors\n}\na.example {\n whoami a\n}",
                ". {\n errors {\n  whoami a\n }\n}",
                ". {\n whoami a\n errors\n}")) {
            Files.writeString(corefile, other);
            assertThat(planner.digest(corefile)).as(other).isNotEqualTo(digest);
        }
        Files.writeString(corefile, ". {\n import part\n whoami a\n}");
        Files.writeString(folder.resolve("part"), "errors x\n");
        assertThat(planner.digest(corefile)).isNotEqualTo(digest);
    }

    @Test
    void installedDirectivesAreFoundAsServices() {
        assertThat(CorefilePlanner.installed().directives())
                .containsSubsequence("root", "reload", "bind", "errors", "log", "file");
    }
}
