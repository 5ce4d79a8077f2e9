package dev.waypost.zone.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EngineBuilder;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;

@DisplayName("Answers from zones are those of NSD, Knot and BIND")
class DifferentialTest {
    private static final long SEED = 20261129;
    private static final int RANDOM_ZONES = 3;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void answersAsThePeerDoes(Peer peer, @TempDir Path folder) throws IOException {
        assumeTrue(peer.installed().isPresent(), peer + " is not installed: nothing was compared with it");
        Random random = new Random(SEED);
        List<PeerZone> zones = new ArrayList<>(Specimens.written());
        for (int i = 0; i < RANDOM_ZONES; i++) {
            zones.add(Specimens.random("random" + i + ".example", random));
        }
        List<Question> questions = Questions.about(zones, random);
        List<Message> replies;
        try (ServingPeer server = ServingPeer.started(peer, folder, zones)) {
            replies = server.ask(questions);
        }
        assertThat(differences(peer, zones, questions, replies))
                .as("seed %d, %d questions", SEED, questions.size())
                .isEmpty();
    }

    private static List<String> differences(
            Peer peer, List<PeerZone> zones, List<Question> questions, List<Message> replies) {
        EngineBuilder builder = DnsEngine.builder();
        zones.forEach(zone -> builder.zone(zone.zone()));
        AgreedDifferences agreed = new AgreedDifferences(peer, zones);
        List<String> differences = new ArrayList<>();
        try (DnsEngine engine = builder.build()) {
            WireProbe ours = WireProbe.over(engine);
            for (int i = 0; i < questions.size(); i++) {
                Question question = questions.get(i);
                Reply own = Reply.of(ours.tcpMessage(question.toWire(i & 0xFFFF)));
                Reply theirs = Reply.of(replies.get(i));
                if (!agreed.allow(question, own, theirs)) {
                    differences.add(question + "\n  ours " + own + "\n  " + peer + " " + theirs);
                }
            }
        }
        return differences;
    }
}
