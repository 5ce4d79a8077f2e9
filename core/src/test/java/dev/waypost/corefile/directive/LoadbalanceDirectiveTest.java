package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Freshness;
import dev.waypost.PeriodicTask;
import dev.waypost.Response;
import dev.waypost.testing.WireRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

class LoadbalanceDirectiveTest {
    private static final Response TWO =
            Response.answer(Freshness.always(), WireRecords.set("www.example.", Type.A, 60, "192.0.2.1", "10.0.0.1"));

    private static ServedCorefile serving(Path folder, String directive) {
        return ServedCorefile.of(". {\n" + directive + "\n forward\n}", folder, List.of(new Answering(query -> TWO)));
    }

    private static long firsts(ServedCorefile server, String address) {
        long count = 0;
        for (int i = 0; i < 200; i++) {
            String answer = server.answer("192.0.2.9", "www.example.", "A");
            count += answer.startsWith("NOERROR | www.example. 60 A " + address + " |") ? 1 : 0;
        }
        return count;
    }

    @Test
    void preferredAddressesComeFirst(@TempDir Path folder) {
        try (ServedCorefile server = serving(folder, "loadbalance {\n prefer 10.0.0.0/8 172.16.0.0/12\n}")) {
            assertThat(firsts(server, "10.0.0.1")).isEqualTo(200);
        }
    }

    @Test
    void roundRobinLetsEachBeFirst(@TempDir Path folder) {
        try (ServedCorefile server = serving(folder, "loadbalance round_robin")) {
            assertThat(firsts(server, "10.0.0.1")).isBetween(50L, 150L);
        }
    }

    @Test
    void weightsAreReadAgainAndABadFileChangesNothing(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "www.example\n10.0.0.1 255\n");
        try (ServedCorefile server = serving(folder, "loadbalance weighted weights {\n reload 10s\n}")) {
            assertThat(firsts(server, "10.0.0.1")).isGreaterThan(180);
            PeriodicTask task = server.engine().plan().tasks().get(0);
            assertThat(task.interval()).isEqualTo(Duration.ofSeconds(10));
            Files.writeString(file, "www.example\n192.0.2.1 255\n");
            task.work().run();
            assertThat(firsts(server, "192.0.2.1")).isGreaterThan(180);
            Files.writeString(file, "10.0.0.1 255\n");
            task.work().run();
            assertThat(firsts(server, "192.0.2.1")).isGreaterThan(180);
        }
    }

    @Test
    void aFileMayComeLaterUnlessItIsNeverReadAgain(@TempDir Path folder) throws IOException {
        try (ServedCorefile server = serving(folder, "loadbalance weighted weights")) {
            assertThat(firsts(server, "10.0.0.1")).isBetween(50L, 150L);
            Files.writeString(folder.resolve("weights"), "www.example\n10.0.0.1 255\n");
            server.engine().plan().tasks().get(0).work().run();
            assertThat(firsts(server, "10.0.0.1")).isGreaterThan(180);
        }
        assertThatThrownBy(() -> serving(folder, "loadbalance weighted none {\n reload 0\n}"))
                .hasMessageStartingWith("Corefile:2:22: 'loadbalance' cannot use this file: " + folder.resolve("none"));
        Files.writeString(folder.resolve("bad"), "x y z");
        assertThatThrownBy(() -> serving(folder, "loadbalance weighted bad"))
                .hasMessageStartingWith("Corefile:2:22: 'loadbalance' cannot use this file: " + folder.resolve("bad")
                        + ":1: a name, or below one");
    }
}
