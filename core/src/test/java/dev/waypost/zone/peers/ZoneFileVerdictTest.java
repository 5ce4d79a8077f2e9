package dev.waypost.zone.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import dev.waypost.zone.ZoneFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Zone files are taken and refused as NSD, Knot and BIND do it")
class ZoneFileVerdictTest {
    static List<ZoneFileVerdict> verdicts() {
        return ZoneFileVerdict.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verdicts")
    void everyFileHasItsVerdict(ZoneFileVerdict verdict) {
        ZoneFileReader reader = ZoneFileReader.of(Zones.name(Checker.ORIGIN));
        if (verdict.taken()) {
            assertThatCode(() -> reader.read(verdict.text(), "db")).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> reader.read(verdict.text(), "db"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("db:");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void checkerSaysTheSame(Checker checker, @TempDir Path folder) throws IOException {
        Path program = checker.installed().orElse(null);
        assumeTrue(program != null, checker + "'s checker is not installed: nothing was compared with it");
        List<ZoneFileVerdict> cases = verdicts().stream()
                .filter(verdict -> verdict.dissenters().indexOf(checker.mark()) < 0)
                .toList();
        Files.createDirectory(folder.resolve("db"));
        for (int i = 0; i < cases.size(); i++) {
            Files.writeString(folder.resolve(i + ".zone"), cases.get(i).text());
        }
        List<ZoneFileVerdict> seenOtherwise = IntStream.range(0, cases.size())
                .parallel()
                .filter(i -> checker.takes(program, folder, folder.resolve(i + ".zone"))
                        != cases.get(i).taken())
                .mapToObj(cases::get)
                .toList();
        assertThat(seenOtherwise).as("of %d files", cases.size()).isEmpty();
    }
}
