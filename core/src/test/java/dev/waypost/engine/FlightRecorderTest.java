package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Lifecycle;
import dev.waypost.Readiness;
import dev.waypost.lookup.Question;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Events of the JDK's Flight Recorder")
class FlightRecorderTest {
    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    @Test
    void aLookupTellsWhatItCameToWhetherItWasRememberedAndWhoAsked() throws IOException {
        try (Recording recording = new Recording();
                DnsEngine engine = DnsEngine.builder()
                        .zone(Zones.zone("example.", "www A 192.0.2.1"))
                        .build()
                        .start()) {
            recording.enable("dev.waypost.Lookup").withThreshold(null);
            recording.start();
            engine.addresses("www.example.");
            engine.lookup(Question.addresses("www.example."));
            List<RecordedEvent> events = recorded(recording);
            assertThat(events)
                    .extracting(event -> event.getBoolean("remembered"))
                    .containsExactly(false, true);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getString("question")).isEqualTo("addresses of www.example.");
                assertThat(event.getString("outcome")).startsWith("Found[");
                assertThat(event.getStackTrace().getFrames())
                        .anyMatch(frame -> frame.getMethod()
                                .getType()
                                .getName()
                                .equals(getClass().getName()));
            });
        }
    }

    @Test
    void aReplacementTellsThatItTookOverOrWhyNot() throws IOException {
        try (Recording recording = new Recording();
                DnsEngine engine = DnsEngine.of(plan(new Part(true))).start()) {
            recording.enable("dev.waypost.Replace").withThreshold(null);
            recording.start();
            engine.replace(plan(new Part(true)));
            EnginePlan unready = plan(new Part(false));
            assertThatThrownBy(() -> engine.replace(unready)).isInstanceOf(IllegalStateException.class);
            assertThat(recorded(recording))
                    .extracting(event -> event.getString("outcome"))
                    .containsExactly("replaced", "part is not ready in the new plan, and the old one's is: a test");
        }
    }

    private static EnginePlan plan(Lifecycle part) {
        EnginePlan.Builder plan = EnginePlan.builder().lifecycle(part);
        var zone = Zones.zone("example.", "www A 192.0.2.1");
        return plan.zone(zone.origin(), new AuthoritativeResolver(zone, FallthroughZones.NONE, plan.engine()))
                .build();
    }

    private record Part(boolean ready) implements Lifecycle {
        @Override
        public String name() {
            return "part";
        }

        @Override
        public void start() {}

        @Override
        public Readiness readiness() {
            return ready ? Readiness.READY : Readiness.waitingFor("a test");
        }

        @Override
        public void close() {}
    }
}
