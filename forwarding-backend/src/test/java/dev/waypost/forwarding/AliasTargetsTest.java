package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.FakeTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

@DisplayName("CVE-2021-25220, MaginotDNS: an upstream answers for no local zone's names, and for no other rule's")
class AliasTargetsTest {
    private static final String NAME = "www.example.";
    private static final String LOCAL = "www.example. 300 CNAME db.cluster.local.";
    private static final String FORGED = "db.cluster.local. 300 A 203.0.113.66";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ScriptedUpstream upstream = opened(ScriptedUpstream.running(Replies.answering(LOCAL, FORGED)));
    private final ScriptedUpstream other =
            opened(ScriptedUpstream.running(Replies.answering("db.corp.example. 300 A 192.0.2.3")));

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @BeforeEach
    void writeZone() throws Exception {
        Files.writeString(folder.resolve("db.local"), """
                $ORIGIN cluster.local.
                @ 60 SOA ns hostmaster 1 7200 1800 86400 30
                @ 60 NS ns
                db 60 A 192.0.2.1
                out 60 CNAME outside.example.
                """);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private DnsEngine engine(String... more) {
        String text = ". {\n" + Corefiles.forward(upstream) + String.join("\n", more)
                + "\n}\ncluster.local {\nfile db.local\n}\ncorp.example {\n" + Corefiles.forward(other) + "}\n";
        DnsEngine engine = opened(DnsEngine.of(
                CorefilePlanner.installed().withTicker(new FakeTicker()).plan(text, "Corefile", folder)));
        return engine.start();
    }

    @Test
    void localZoneAnswersForItsNameBehindAnUpstreamsAlias() {
        assertThat(engine().resolve(Questions.a(NAME)))
                .answers(LOCAL, "db.cluster.local. 60 A 192.0.2.1")
                .isNotAuthoritative();
    }

    @Test
    void localZoneDeniesItsNameBehindAnUpstreamsAlias() {
        upstream.udp(
                Replies.answering("www.example. 300 CNAME no.cluster.local.", "no.cluster.local. 300 A 203.0.113.66"));
        assertThat(engine().resolve(Questions.a(NAME)))
                .hasRcode(Rcode.NXDOMAIN)
                .hasSoa("cluster.local.", 30)
                .hasAnswer("www.example. 300 CNAME no.cluster.local.");
    }

    @Test
    void localAddressesOfTheSameBlockAnswerToo() {
        upstream.udp(
                Replies.answering("www.example. 300 CNAME printer.example.", "printer.example. 300 A 203.0.113.66"));
        assertThat(engine("hosts {\n192.0.2.9 printer.example\nttl 30\nfallthrough\n}")
                        .resolve(Questions.a(NAME)))
                .answers("www.example. 300 CNAME printer.example.", "printer.example. 30 A 192.0.2.9");
    }

    @Test
    void otherRulesUpstreamIsAskedForItsNames() {
        upstream.udp(
                Replies.answering("www.example. 300 CNAME db.corp.example.", "db.corp.example. 300 A 203.0.113.66"));
        assertThat(engine().resolve(Questions.a(NAME)))
                .answers("www.example. 300 CNAME db.corp.example.", "db.corp.example. 300 A 192.0.2.3");
        assertThat(other.received()).hasSize(1);
    }

    @Test
    @DisplayName("CVE-2020-12662: a chain among the upstream's own names is taken as it is, and costs one query")
    void ownNamesAreTakenAsTheUpstreamFollowsThem() {
        String[] chain = {
            "www.example. 300 CNAME a.example.", "a.example. 300 CNAME b.example.", "b.example. 300 A 192.0.2.2"
        };
        upstream.udp(Replies.answering(chain));
        DnsEngine engine = engine("cache");
        for (int i = 0; i < 3; i++) {
            assertThat(engine.resolve(Questions.a(NAME))).answers(chain);
        }
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void localAliasThatLeadsOutAgainIsFollowed() {
        upstream.udp((query, line) -> line.send((query.qname().equals(NAME)
                        ? Replies.answer(query, "www.example. 300 CNAME out.cluster.local.")
                        : Replies.answer(query, "outside.example. 300 A 192.0.2.7"))
                .toWire()));
        assertThat(engine().resolve(Questions.a(NAME)))
                .answers(
                        "www.example. 300 CNAME out.cluster.local.",
                        "out.cluster.local. 60 CNAME outside.example.",
                        "outside.example. 300 A 192.0.2.7");
    }

    @Test
    void aliasesBetweenUpstreamAndLocalZoneEnd() {
        upstream.udp((query, line) -> line.send(Replies.answer(query, query.qname() + " 300 CNAME out.cluster.local.")
                .toWire()));
        assertThat(engine().resolve(Questions.a(NAME))).hasRcode(Rcode.NOERROR);
        assertThat(upstream.received().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void localAnswerBehindACachedAliasIsNoOlderThanTheLocalZone() throws Exception {
        DnsEngine engine = engine("cache");
        assertThat(engine.resolve(Questions.a(NAME))).answers(LOCAL, "db.cluster.local. 60 A 192.0.2.1");
        assertThat(engine.resolve(Questions.a(NAME))).hasRcode(Rcode.NOERROR);
        assertThat(upstream.received()).hasSize(1);
    }
}
