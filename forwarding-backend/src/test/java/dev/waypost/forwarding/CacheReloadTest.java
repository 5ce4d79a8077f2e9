package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Metric;
import dev.waypost.Ticker;
import dev.waypost.corefile.CorefileDigest;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache remembers when its plan is replaced. */
class CacheReloadTest {
    private static final String ADDRESS = "www.example. 300 A 192.0.2.1";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.running(Replies.answering(ADDRESS));
    private final ScriptedUpstream other = ScriptedUpstream.running(Replies.answering("www.example. 300 A 192.0.2.2"));
    private final CorefilePlanner planner = CorefilePlanner.installed().withTicker(new FakeTicker());

    @AfterEach
    void close() {
        upstream.close();
        other.close();
    }

    private String block(String... directives) {
        return ".:1053 {\n" + Corefiles.forward(upstream) + String.join("\n", directives) + "\n}\n";
    }

    private EnginePlan plan(String corefile) {
        return planner.plan(corefile, "Corefile", folder);
    }

    private static void ask(DnsEngine engine, String answer) {
        assertThat(engine.resolve(Questions.a("www.example."))).answers(answer);
    }

    private int askedAfter(String before, String after) {
        try (DnsEngine engine = DnsEngine.of(plan(before)).start()) {
            ask(engine, ADDRESS);
            engine.replace(plan(after));
            ask(engine, ADDRESS);
        }
        return upstream.received().size();
    }

    @Test
    void unchangedBlockKeepsItsAnswersWhateverElseChanges() {
        assertThat(askedAfter(block("cache"), "example.org:1053 {\n whoami\n}\n" + block("cache")))
                .isEqualTo(1);
    }

    @Test
    void measurementsGoOn() {
        try (DnsEngine engine = DnsEngine.of(plan(block("cache"))).start()) {
            ask(engine, ADDRESS);
            engine.replace(plan(block("cache")));
            ask(engine, ADDRESS);
            double[] requests = {0};
            engine.collect(metric -> {
                if (metric.name().equals("coredns_cache_requests_total")) {
                    requests[0] = ((Metric.Counter) metric).value();
                }
            });
            assertThat(requests[0]).isEqualTo(2);
        }
    }

    @Test
    void changedSettingsBeginAnew() {
        assertThat(askedAfter(block("cache"), block("cache {\n prefetch 2\n}"))).isEqualTo(2);
    }

    @Test
    void otherSourcesInFrontOfTheUpstreamBeginAnew() {
        String hosts = "hosts {\n 192.0.2.1 other.example\n fallthrough\n}";
        assertThat(askedAfter(block("cache"), block("cache", hosts))).isEqualTo(2);
    }

    @Test
    void answerThatDependsOnAnotherSourceIsNotKeptAsThatSourceIsAnew() {
        String hosts = "hosts {\n 192.0.2.1 other.example\n fallthrough\n}";
        assertThat(askedAfter(block("cache", hosts), block("cache", hosts) + "example.org:1053 {\n whoami\n}\n"))
                .isEqualTo(2);
    }

    @Test
    void otherUpstreamOfAnUnchangedBlockBeginsAnew() throws IOException {
        // what a resolv.conf holds is no part of the Corefile; a port would not stand in it, so both are told apart by
        // text
        KeptCaches kept = new KeptCaches();
        CacheSettings settings = CachingLayer.builder().settings();
        AnswerStores first = new AnswerStores(settings, new FakeClock());
        AnswerStores second = new AnswerStores(settings, new FakeClock());
        KeptCaches.Identity identity = identity("nameserver 192.0.2.53\n");
        assertThat(kept.of(identity, first)).isSameAs(first);
        assertThat(kept.of(identity("nameserver 192.0.2.53\n"), second)).isSameAs(first);
        assertThat(kept.of(identity("nameserver 192.0.2.54\n"), second)).isSameAs(second);
    }

    private KeptCaches.Identity identity(String resolvConf) throws IOException {
        Files.writeString(folder.resolve("resolv.conf"), resolvConf);
        EnginePlan plan = plan(".:1053 {\n forward . resolv.conf\n cache\n}\n");
        BlockUpstreams upstreams = new BlockUpstreams();
        plan.lifecycles().forEach(part -> upstreams.add((Forwarder) part));
        return new KeptCaches.Identity(plan.attachments(CorefileDigest.class).get(0), upstreams.rules(), Ticker.SYSTEM);
    }

    @Test
    void planThatIsNeverRunChangesNothing() {
        try (DnsEngine engine = DnsEngine.of(plan(block("cache"))).start()) {
            ask(engine, ADDRESS);
            plan(block("cache"));
            plan(block("cache 60"));
            ask(engine, ADDRESS);
        }
        assertThat(upstream.received()).hasSize(1);
    }
}
