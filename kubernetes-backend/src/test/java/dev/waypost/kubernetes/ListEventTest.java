package dev.waypost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Lists of the API in a flight recording")
class ListEventTest {
    @TempDir
    private Path folder;

    /** The events of a resource so far, once there are as many that are meant; what others do meanwhile is not counted. */
    private List<RecordedEvent> events(Recording recording, int count, Predicate<RecordedEvent> meant) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> all(recording).stream()
                                .filter(meant)
                                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                                .toList(),
                        events -> events.size() >= count);
    }

    private List<RecordedEvent> all(Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private static Recording recording() {
        Recording recording = new Recording();
        recording.enable("dev.waypost.List").withThreshold(null);
        recording.start();
        return recording;
    }

    private static Predicate<RecordedEvent> of(String resource, String scope) {
        // What the JVM tells of itself stands in a recording too.
        return event -> event.getEventType().getName().equals("dev.waypost.List")
                && event.getString("resource").equals(resource)
                && event.getString("scope").equals(scope);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("tell why, how many objects and how many octets, of the first list and of the next one")
    void listAndRelist(boolean streamed) throws IOException {
        try (Recording recording = recording();
                WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK)) {
            cluster.api().streamsLists(streamed);
            cluster.startAndWait();
            RecordedEvent first = events(recording, 1, of("services", "")).get(0);
            assertThat(first.getString("reason")).isEqualTo("first list");
            assertThat(first.getLong("objects")).isEqualTo(2);
            assertThat(first.getLong("octets"))
                    .isBetween(200L, cluster.report("services").octetsRead());
            cluster.api().putService("shop", "new", "{\"clusterIP\":\"192.0.2.11\"}");
            cluster.api().forgetHistory("services", false);
            cluster.api().cut("services");
            RecordedEvent next = events(recording, 2, of("services", "")).get(1);
            assertThat(next.getString("reason")).isEqualTo("the server has forgotten the version");
            assertThat(next.getLong("objects")).isEqualTo(3);
            assertThat(next.getLong("octets")).isBetween(300L, 3000L);
        }
    }

    @Test
    void listOnDemandTellsItsScope() {
        try (Recording recording = recording();
                WatchedCluster cluster = new WatchedCluster(
                        WatchedCluster.QUICK,
                        options -> options.zones("cluster.local").onDemand(OnDemand.DEFAULT));
                DnsEngine engine =
                        DnsEngine.builder().backend(cluster.backend()).build().start()) {
            engine.addresses("web.shop.svc.cluster.local.");
            RecordedEvent list =
                    events(recording, 1, of("services", "shop/web")).get(0);
            assertThat(list.getString("reason")).isEqualTo("asked for");
            assertThat(list.getLong("objects")).isOne();
        }
    }
}
