package dev.waypost.corefile.directive;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Metric;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Corefiles of core's own directives, from the text to the answer of an engine. */
class CorefileEndToEndTest {
    private static final String COREFILE = """
            example.org 192.0.2.0/24 {
                errors
                log
                loadbalance
                hosts hosts {
                    192.0.2.7 inline.example.org
                    ttl 60
                    fallthrough
                }
                file zones/db.example.org example.org
            }
            . {
                whoami
            }
            """;

    private Path folder = Path.of("");
    private int writes;

    @BeforeEach
    void writeFiles(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Files.createDirectory(folder.resolve("zones"));
        writeZone(1, "192.0.2.3");
        write("hosts", "192.0.2.9 listed.example.org other.example.net # comment");
        write("Corefile", COREFILE);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void writeZone(int serial, String address) throws IOException {
        Path file = write("zones/db.example.org", """
                $ORIGIN example.org.
                @     3600 IN SOA ns hostmaster %d 7200 1800 86400 60
                @     3600 IN NS  ns
                ns    3600 IN A   192.0.2.53
                www   300  IN A   192.0.2.1
                www   300  IN A   192.0.2.2
                one   300  IN A   %s
                alias 300  IN CNAME one
                """.formatted(serial, address));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++writes)));
    }

    private EnginePlan plan() {
        return CorefilePlanner.installed().plan(folder.resolve("Corefile"));
    }

    private static Response ask(DnsEngine engine, String qname, int qtype) {
        return DnsAssertions.response(engine.resolve(Query.of(Zones.name(qname), qtype)));
    }

    private static void look(EnginePlan plan, String task) {
        List<PeriodicTask> found = plan.tasks().stream()
                .filter(each -> each.name().startsWith(task))
                .toList();
        assertThat(found).hasSize(1);
        found.get(0).work().run();
    }

    @Test
    void everyDirectiveAnswersInItsTurn() {
        try (DnsEngine engine = DnsEngine.of(plan())) {
            Response listed = ask(engine, "listed.example.org", Type.A);
            assertThat(listed).hasRcode(Rcode.NOERROR).answers("listed.example.org. 60 A 192.0.2.9");
            assertThat(listed.answeredBy()).isEqualTo("hosts");
            assertThat(ask(engine, "inline.example.org", Type.A)).answers("inline.example.org. 60 A 192.0.2.7");
            Response www = ask(engine, "www.example.org", Type.A);
            assertThat(www)
                    .isAuthoritative()
                    .answersInAnyOrder("www.example.org. 300 A 192.0.2.1", "www.example.org. 300 A 192.0.2.2");
            assertThat(www.answeredBy()).isEqualTo("file");
            assertThat(www.rotatable()).isTrue();
            assertThat(ask(engine, "alias.example.org", Type.A))
                    .answers("alias.example.org. 300 CNAME one.example.org.", "one.example.org. 300 A 192.0.2.3");
            assertThat(ask(engine, "none.example.org", Type.A)).isNxDomain().hasSoa("example.org.", 60);
            assertThat(ask(engine, "9.2.0.192.in-addr.arpa", Type.PTR))
                    .hasAnswer("9.2.0.192.in-addr.arpa. 60 PTR listed.example.org.");
            assertThat(ask(engine, "8.2.0.192.in-addr.arpa", Type.PTR)).hasRcode(Rcode.REFUSED);
            assertThat(ask(engine, "anything.example", Type.A).answeredBy()).isEqualTo("whoami");
        }
    }

    @Test
    void aZoneFileIsReadAgainWhenItsSerialChanged() throws IOException {
        EnginePlan plan = plan();
        try (DnsEngine engine = DnsEngine.of(plan);
                LogLines log = new LogLines("dev.waypost.zone")) {
            Response before = ask(engine, "one.example.org", Type.A);
            writeZone(1, "192.0.2.77");
            look(plan, "file");
            assertThat(ask(engine, "one.example.org", Type.A)).hasAnswer("one.example.org. 300 A 192.0.2.3");
            writeZone(2, "192.0.2.78");
            look(plan, "file");
            assertThat(ask(engine, "one.example.org", Type.A)).hasAnswer("one.example.org. 300 A 192.0.2.78");
            assertThat(before).holdsNoMore();
            assertThat(log.lines()).hasSize(1).first().asString().startsWith("zone example.org. loaded from ");
        }
    }

    @Test
    void aZoneFileIsReadAgainByItsTimeWhereTheCorefileSaysSo() throws IOException {
        write("Corefile", "example.org {\n file zones/db.example.org {\n reload 10s\n reload_by_mtime\n }\n}");
        EnginePlan plan = plan();
        try (DnsEngine engine = DnsEngine.of(plan);
                LogLines log = new LogLines("dev.waypost.zone")) {
            writeZone(1, "192.0.2.77");
            look(plan, "file");
            assertThat(ask(engine, "one.example.org", Type.A)).hasAnswer("one.example.org. 300 A 192.0.2.77");
            assertThat(log.lines()).hasSize(1);
            assertThat(plan.tasks().get(0).interval()).hasSeconds(10);
        }
    }

    @Test
    void aZoneFileThatBreaksLaterIsSaidOnceAndTheOldZoneGoesOn() throws IOException {
        EnginePlan plan = plan();
        try (DnsEngine engine = DnsEngine.of(plan);
                LogLines log = new LogLines("dev.waypost.zone")) {
            write("zones/db.example.org", "@ IN SOA broken\n");
            look(plan, "file");
            look(plan, "file");
            assertThat(log.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(
                            "zone example.org. goes on as it was: " + folder.resolve("zones/db.example.org") + ":1:");
            assertThat(ask(engine, "one.example.org", Type.A)).hasRcode(Rcode.NOERROR);
            writeZone(3, "192.0.2.79");
            look(plan, "file");
            assertThat(ask(engine, "one.example.org", Type.A)).hasAnswer("one.example.org. 300 A 192.0.2.79");
        }
    }

    @Test
    void reloadZeroLooksAtNothing() throws IOException {
        write(
                "Corefile",
                "example.org {\n file zones/db.example.org {\n reload 0\n }\n hosts hosts {\n reload 0\n }\n}");
        assertThat(plan().tasks()).isEmpty();
    }

    @Test
    void aHostsFileIsReadAgainAndItsInlineLinesStay() throws IOException {
        EnginePlan plan = plan();
        try (DnsEngine engine = DnsEngine.of(plan);
                LogLines log = new LogLines("dev.waypost.hosts")) {
            write("hosts", "192.0.2.10 moved.example.org\n2001:db8::10 moved.example.org");
            look(plan, "hosts");
            assertThat(ask(engine, "listed.example.org", Type.A)).isNxDomain();
            assertThat(ask(engine, "moved.example.org", Type.AAAA))
                    .hasAnswer("moved.example.org. 60 AAAA 2001:db8::10");
            assertThat(ask(engine, "inline.example.org", Type.A)).answers("inline.example.org. 60 A 192.0.2.7");
            assertThat(log.lines()).hasSize(1);
            Files.delete(folder.resolve("hosts"));
            look(plan, "hosts");
            assertThat(ask(engine, "moved.example.org", Type.A)).isNxDomain();
            assertThat(ask(engine, "inline.example.org", Type.A)).answers("inline.example.org. 60 A 192.0.2.7");
        }
    }

    @Test
    void hostsAreMeasured() {
        List<Metric> metrics = new ArrayList<>();
        plan().metrics().forEach(source -> source.collect(metrics::add));
        assertThat(metrics)
                .extracting(Metric::name)
                .filteredOn(name -> name.startsWith("coredns_hosts_"))
                .containsExactly("coredns_hosts_entries", "coredns_hosts_reload_timestamp_seconds");
        assertThat(((Metric.Gauge) metrics.get(0)).value()).isEqualTo(4);
    }

    @Test
    void hostsWithoutFallthroughEndTheChain() throws IOException {
        write("Corefile", "example.org {\n hosts hosts\n file zones/db.example.org\n}");
        try (DnsEngine engine = DnsEngine.of(plan())) {
            assertThat(ask(engine, "one.example.org", Type.A)).hasRcode(Rcode.SERVFAIL);
        }
    }

    @Test
    void fallthroughMayBeForSomeZonesOnly() throws IOException {
        write("Corefile", """
                example.org {
                    file zones/db.example.org {
                        fallthrough sub.example.org
                    }
                    whoami
                }
                """);
        try (DnsEngine engine = DnsEngine.of(plan())) {
            assertThat(ask(engine, "x.example.org", Type.A)).isNxDomain();
            assertThat(ask(engine, "x.sub.example.org", Type.A).answeredBy()).isEqualTo("whoami");
        }
    }

    @Test
    void rootMovesTheFilesOfItsBlock() throws IOException {
        write("Corefile", "example.org {\n file db.example.org\n root zones\n}");
        try (DnsEngine engine = DnsEngine.of(plan())) {
            assertThat(ask(engine, "ns.example.org", Type.A)).answers("ns.example.org. 3600 A 192.0.2.53");
        }
    }
}
