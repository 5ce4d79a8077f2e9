package dev.waypost.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import dev.waypost.testing.DnsAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CorefilePlannerTest {
    private static final Path HERE = Path.of("/corefiles");
    private static final Query QUESTION = Query.of(Name.fromConstantString("www.example.org."), Type.A);

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
                ScriptedDirective.of("whoami", (statement, block) -> block.resolver(query -> answer())));
        DnsAssertions.assertThat(ask(plan.zones().get(0)))
                .hasRcode(Rcode.REFUSED)
                .hasExtendedError(20);
        DnsAssertions.assertThat(ask(plan.zones().get(1))).hasRcode(Rcode.NOERROR);
    }

    @Test
    void aResolverThatFallsThroughGivesTheTurnToTheNext() {
        EnginePlan plan = plan(
                ". {\n hosts\n whoami\n}",
                ScriptedDirective.of("hosts", (statement, block) -> block.resolver(query -> Fallthrough.FALLTHROUGH)),
                ScriptedDirective.of("whoami", (statement, block) -> block.resolver(query -> answer())));
        assertThat(ask(plan.zones().get(0)).answeredBy()).isEqualTo("whoami");
    }

    @Test
    void anAnswerThatIsSignedKeepsItsSignature() {
        EnginePlan plan = plan(
                ". {\n whoami\n}",
                ScriptedDirective.of(
                        "whoami", (statement, block) -> block.resolver(query -> answer().withAnsweredBy("somebody"))));
        assertThat(ask(plan.zones().get(0)).answeredBy()).isEqualTo("somebody");
    }

    @Test
    void bindChoosesTheListenPointsAndTellsBlocksApart() {
        DirectiveFactory bind = ScriptedDirective.of(
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
    void nothingIsConfiguredWhenAKeywordIsUnknown() {
        AtomicInteger configured = new AtomicInteger();
        DirectiveFactory whoami = ScriptedDirective.of("whoami", (statement, block) -> configured.incrementAndGet());
        assertThatThrownBy(() -> plan(". {\n whoami\n}\na.example {\n nope-nope\n}", whoami))
                .isInstanceOf(ConfigurationException.class);
        assertThat(configured).hasValue(0);
    }

    @Test
    void theDefaultCorefilesOfKubernetesAreUnderstood() {
        CorefilePlanner planner = CorefilePlanner.of(NamedDirective.all(
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
        CorefilePlanner planner = CorefilePlanner.of(NamedDirective.all("whoami", "errors"))
                .withEnvironment(name -> name.equals("V") ? "1" : null);
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
