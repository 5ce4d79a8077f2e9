package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.MetricSource;
import dev.waypost.PeriodicTask;
import dev.waypost.QueryObserver;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/** What a directive finds in its block, and what it may add to it. */
class BlockContextTest {
    private static final Path HERE = Path.of("/corefiles");

    private static EnginePlan plan(String text, DirectiveFactory... directives) {
        return CorefilePlanner.of(List.of(directives)).plan(text, "Corefile", HERE);
    }

    @Test
    void aDirectiveKnowsTheZonesOfItsBlockOrThoseItNames() {
        List<List<Name>> seen = new ArrayList<>();
        DirectiveFactory file = ScriptedDirective.of("file", (statement, block) -> {
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
        DirectiveFactory root = ScriptedDirective.of(
                "root",
                (statement, block) ->
                        block.root(block.path(statement.arguments().get(0))));
        DirectiveFactory file = ScriptedDirective.of(
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
        EnginePlan plan = plan(". {\n whoami\n}\na.example {\n}", ScriptedDirective.of("whoami", (statement, block) -> {
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
                ScriptedDirective.of("whoami", (statement, block) -> {
                    told.add(block.directives().toString());
                    told.add(block.listenPoints().toString());
                    told.add(block.listenPointsOf(block.zones().get(1)).toString());
                }),
                ScriptedDirective.of("bind", (statement, block) -> block.listenOn(List.of("127.0.0.1"))));
        assertThat(told)
                .containsExactly("[whoami, bind]", "[dns://127.0.0.1:53, dns://127.0.0.1:54]", "[dns://127.0.0.1:54]");
    }

    @Test
    void sharedObjectsLiveAsLongAsThePlannerAndOthersAsLongAsTheBlock() {
        List<AtomicInteger> shared = new ArrayList<>();
        List<AtomicInteger> own = new ArrayList<>();
        CorefilePlanner planner = CorefilePlanner.of(List.of(ScriptedDirective.of("whoami", (statement, block) -> {
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
        CorefilePlanner.of(List.of(ScriptedDirective.of(
                        "whoami",
                        (statement, block) -> assertThat(block.ticker()).isSameAs(ticker))))
                .withTicker(ticker)
                .plan(". {\n whoami\n}", "Corefile", HERE);
    }
}
