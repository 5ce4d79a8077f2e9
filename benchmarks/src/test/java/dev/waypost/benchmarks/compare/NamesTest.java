package dev.waypost.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamesTest {
    private static final Names NAMES = new Names(10_000);

    @TempDir
    Path folder;

    @Test
    void sevenOfTenQuestionsAreForAAndOneIsWhatASearchListMakes() throws IOException {
        List<String> mix = Files.readAllLines(NAMES.writeMix(folder.resolve("mix")));
        double size = mix.size();
        assertThat(mix.stream().filter(line -> line.endsWith(" AAAA")).count() / size)
                .isCloseTo(0.2, within(0.01));
        assertThat(mix.stream().filter(line -> line.contains(".example.net.")).count() / size)
                .isCloseTo(0.1, within(0.01));
    }

    @Test
    void everybodyIsAskedTheSame() throws IOException {
        Path first = NAMES.writeMix(folder.resolve("first"));
        Path second = NAMES.writeMix(folder.resolve("second"));
        assertThat(Files.mismatch(first, second)).isNegative();
    }

    @Test
    void aFloodAsksNothingTwice() throws IOException {
        List<String> flood = Files.readAllLines(Names.writeFlood(folder.resolve("flood")));
        assertThat(new HashSet<>(flood)).hasSameSizeAs(flood);
    }
}
