package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.PresentFault;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** {@code file} and {@code auto}, from the Corefile to the answer. */
class ZoneFileDirectivesTest {
    private final CorefilePlanner planner = CorefilePlanner.installed();

    @TempDir
    private Path folder;

    private LogLines log;
    private DnsEngine engine;

    @BeforeEach
    void listen() {
        log = new LogLines("dev.waypost.zone");
    }

    @AfterEach
    void close() {
        log.close();
        if (engine != null) {
            engine.close();
        }
    }

    private void write(String file, int serial, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "$TTL 300\n@ SOA ns.example. h.example. " + serial + " 7200 1800 86400 60\n@ NS ns.example.\n"
                        + String.join("\n", lines) + "\n");
    }

    private void serve(String corefile) {
        EnginePlan plan = plan(corefile);
        if (engine == null) {
            engine = DnsEngine.of(plan);
        } else {
            engine.replace(plan);
        }
    }

    private EnginePlan plan(String corefile) {
        return planner.plan(corefile, "Corefile", folder);
    }

    private Response ask(String qname) {
        return DnsAssertions.response(engine.resolve(Query.of(Zones.name(qname), Type.A)));
    }

    private String answer(String qname) {
        Response response = ask(qname);
        return response.answer().isEmpty()
                ? Rcode.string(response.rcode())
                : response.answer().get(0).records().get(0).rdataToString();
    }

    private void look() {
        engine.plan().tasks().stream().map(PeriodicTask::work).forEach(Runnable::run);
    }

    private Map<String, Double> gauges() {
        Map<String, Double> gauges = new TreeMap<>();
        engine.collect(metric -> {
            if (metric instanceof Metric.Gauge gauge && gauge.name().startsWith("waypost_zone_")) {
                gauges.put(gauge.name() + " " + gauge.labels().get("zone"), gauge.value());
            }
        });
        return gauges;
    }

    @Test
    void zoneThatNeverLoadedIsServfailWhileOthersGoOn() throws IOException {
        write("good.db", 1, "www A 192.0.2.1");
        write("bad.db", 1, "www A 192.0.2.999");
        serve("good.example bad.example none.example {\n file good.db good.example\n file bad.db bad.example\n"
                + " file none.db none.example\n}");
        assertThat(answer("www.good.example")).isEqualTo("192.0.2.1");
        assertThat(answer("www.bad.example")).isEqualTo("SERVFAIL");
        assertThat(answer("www.none.example")).isEqualTo("SERVFAIL");
        assertThat(log.lines()).anyMatch(line -> line.contains("bad.db:4:7: A wants RDATA of its form"));
        assertThat(log.lines()).anyMatch(line -> line.contains("none.db: a zone file is wanted, found no such file"));
        assertThat(gauges())
                .containsEntry("waypost_zone_loaded good.example.", 1.0)
                .containsEntry("waypost_zone_file_faulty good.example.", 0.0)
                .containsEntry("waypost_zone_loaded bad.example.", 0.0)
                .containsEntry("waypost_zone_file_faulty bad.example.", 1.0);
        write("bad.db", 1, "www A 192.0.2.9");
        write("none.db", 1, "www A 192.0.2.8");
        look();
        assertThat(answer("www.bad.example")).isEqualTo("192.0.2.9");
        assertThat(answer("www.none.example")).isEqualTo("192.0.2.8");
        assertThat(gauges()).containsEntry("waypost_zone_loaded bad.example.", 1.0);
    }

    @Test
    void brokenFileIsAFaultOfTheCorefileWhereNobodyLooksAgain() throws IOException {
        write("bad.db", 1, "www A 192.0.2.999");
        assertThatThrownBy(() -> plan("bad.example {\n file bad.db {\n reload 0\n }\n}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:2:7: 'file' cannot use this zone file")
                .hasMessageContaining("bad.db:4:7: A wants RDATA");
    }

    @Test
    void planTellsOfFilesThatCannotBeUsedNow() throws IOException {
        write("good.db", 1, "www A 192.0.2.1");
        EnginePlan plan = plan("example {\n file good.db good.example\n file none.db none.example\n}");
        assertThat(plan.attachments(PresentFault.class))
                .singleElement()
                .satisfies(present -> assertThat(present.fault())
                        .hasMessageStartingWith("Corefile:3:7: 'file' cannot use this zone file: ")
                        .hasMessageEndingWith("none.db: a zone file is wanted, found no such file"));
    }

    @Test
    void nearestZoneAnswersWhateverTheOrder() throws IOException {
        write(
                "org.db",
                1,
                "www A 192.0.2.1",
                "sub NS ns.sub",
                "ns.sub A 192.0.2.53",
                "sub DS 1 13 2 " + "AB".repeat(32));
        write("sub.db", 1, "www A 192.0.2.2");
        write("zones/db.deep.sub.example.org", 1, "www A 192.0.2.3");
        serve(
                "example.org {\n auto {\n directory zones\n }\n file org.db example.org\n file sub.db sub.example.org\n}");
        assertThat(answer("www.example.org")).isEqualTo("192.0.2.1");
        assertThat(answer("www.sub.example.org")).isEqualTo("192.0.2.2");
        assertThat(answer("www.deep.sub.example.org")).isEqualTo("192.0.2.3");
        assertThat(answer("none.sub.example.org")).isEqualTo("NXDOMAIN");
        Response ds = DnsAssertions.response(engine.resolve(Query.of(Zones.name("sub.example.org"), Type.DS)));
        DnsAssertions.assertThat(ds).answers("sub.example.org. 300 DS 1 13 2 " + "AB".repeat(32));
    }

    @Test
    void aliasLeadsIntoAnotherZoneOfTheBlock() throws IOException {
        write("one.db", 1, "alias CNAME www.two.example.");
        write("zones/db.two.example", 1, "www A 192.0.2.2");
        serve("example {\n file one.db one.example\n auto {\n directory zones\n }\n}");
        DnsAssertions.assertThat(ask("alias.one.example"))
                .answers("alias.one.example. 300 CNAME www.two.example.", "www.two.example. 300 A 192.0.2.2");
    }

    @Test
    void fileMayIncludeWhereAFolderIsNamed() throws IOException {
        Files.writeString(folder.resolve("hosts.inc"), "www A 192.0.2.7\n");
        write("org.db", 1, "$INCLUDE hosts.inc");
        serve("example.org {\n file org.db {\n include .\n }\n}");
        assertThat(answer("www.example.org")).isEqualTo("192.0.2.7");
        serve("example.com {\n file org.db\n}");
        assertThat(answer("www.example.com")).isEqualTo("SERVFAIL");
        assertThat(log.lines()).anyMatch(line -> line.contains("org.db:4:10: $INCLUDE is off"));
    }

    @Test
    void zoneOutlivesTheReloadOfTheCorefileThoughItsFileBroke() throws IOException {
        write("org.db", 1, "www A 192.0.2.1");
        String corefile = "example.org {\n file org.db\n}";
        serve(corefile);
        Response before = ask("www.example.org");
        write("org.db", 2, "www A 192.0.2.999");
        serve(corefile);
        assertThat(answer("www.example.org")).isEqualTo("192.0.2.1");
        DnsAssertions.assertThat(before).holds();
    }

    @Test
    void autoServesAZoneForEachFile() throws IOException {
        write("zones/db.one.example", 1, "www A 192.0.2.1");
        write("zones/below/db.two.example", 1, "www A 192.0.2.2");
        write("zones/three.example.zone", 1, "www A 192.0.2.3");
        serve("example {\n auto {\n directory zones\n }\n}");
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.1");
        assertThat(answer("www.two.example")).isEqualTo("192.0.2.2");
        assertThat(answer("www.three.example")).isEqualTo("REFUSED");
        serve("example {\n auto {\n directory zones (.*)\\.zone$ {1}\n }\n}");
        assertThat(answer("www.one.example")).isEqualTo("REFUSED");
        assertThat(answer("www.three.example")).isEqualTo("192.0.2.3");
    }

    @Test
    void autoFollowsFilesThatComeChangeAndGo() throws IOException {
        write("zones/db.one.example", 1, "www A 192.0.2.1");
        serve("example {\n auto {\n directory zones\n reload 10s\n }\n}");
        assertThat(engine.plan().tasks().get(0).interval()).hasSeconds(10);
        Response missing = ask("www.two.example");
        write("zones/db.two.example", 1, "www A 192.0.2.2");
        look();
        DnsAssertions.assertThat(missing).holdsNoMore();
        assertThat(answer("www.two.example")).isEqualTo("192.0.2.2");

        Response one = ask("www.one.example");
        write("zones/db.one.example", 2, "www A 192.0.2.11");
        look();
        DnsAssertions.assertThat(one).holdsNoMore();
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.11");

        Response two = ask("www.two.example");
        Files.delete(folder.resolve("zones/db.two.example"));
        look();
        DnsAssertions.assertThat(two).holdsNoMore();
        assertThat(answer("www.two.example")).isEqualTo("REFUSED");
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.11");
    }

    @Test
    void autoGoesOnWithoutItsBrokenFilesAndTellsOnce() throws IOException {
        write("zones/db.one.example", 1, "www A 192.0.2.1");
        write("zones/db.two.example", 1, "www A 192.0.2.999");
        serve("example {\n auto {\n directory zones\n }\n}");
        look();
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.1");
        assertThat(answer("www.two.example")).isEqualTo("SERVFAIL");
        assertThat(log.lines().stream().filter(line -> line.contains("db.two.example:4:7")))
                .hasSize(1);
        write("zones/db.one.example", 2, "www A");
        look();
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.1");
        assertThat(gauges()).containsEntry("waypost_zone_file_faulty one.example.", 1.0);
    }

    @Test
    void autoFallsThroughWhereItIsTold() throws IOException {
        write("zones/db.one.example", 1, "www A 192.0.2.1");
        serve("example {\n auto {\n directory zones\n fallthrough\n }\n whoami\n}");
        assertThat(ask("none.one.example").answeredBy()).isEqualTo("whoami");
        assertThat(ask("www.one.example").answeredBy()).isEqualTo("auto");
    }

    @Test
    void folderThatIsNotThereYetIsWaitedFor() throws IOException {
        serve("example {\n auto {\n directory zones\n }\n}");
        assertThat(answer("www.one.example")).isEqualTo("REFUSED");
        assertThat(log.lines()).hasSize(1).first().asString().contains("a folder of zone files wants to be readable");
        write("zones/db.one.example", 1, "www A 192.0.2.1");
        look();
        assertThat(answer("www.one.example")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ". { ; file db ; } | 2:7: 'file' wants its zones behind the file in a server block of '.', found none",
                "e { ; file db { ; include ; } ; } | 3:2: 'include' wants a folder, found 0 arguments",
                "e { ; file db { ; reload_by_mtime 1 ; } ; } | 3:18: 'reload_by_mtime' wants no argument, found \"1\"",
                "e { ; auto ; } | 2:2: 'auto' wants an option 'directory', found none",
                "e { ; auto { ; nothing ; } ; } | 3:2: 'auto' has no option 'nothing'",
                "e { ; auto { ; directory ; } ; } | 3:2: 'directory' wants a folder, and perhaps an expression with an origin",
                "e { ; auto { ; directory d (.*) ; } ; } | 3:2: 'directory' wants a folder, and perhaps an expression with",
                "e { ; auto { ; directory d ( {1} ; } ; } | 3:14: 'directory' wants a regular expression (Unclosed group)",
                "e { ; auto { ; directory d .* {1} ; } ; } | 3:14: 'directory' wants an expression with a group",
                "e { ; auto { ; directory d (.*) {2} ; } ; } | 3:19: 'directory': an origin wants groups of \"(.*)\", found",
            })
    void whatIsNotUnderstoodIsRefusedInItsPlace(String corefile, String fault) {
        assertThatThrownBy(() -> plan(corefile.replace(" ; ", "\n ")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Corefile:" + fault);
    }

    @Test
    void upstreamOfOldCorefilesIsPassedOver() throws IOException {
        write("org.db", 1, "www A 192.0.2.1");
        serve("example.org {\n file org.db {\n upstream\n }\n}");
        assertThat(answer("www.example.org")).isEqualTo("192.0.2.1");
    }
}
