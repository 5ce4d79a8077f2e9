package dev.waypost.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/waypost/examples/embedded/ReadmeExample.java");

    @Test
    void theReadmeShowsWhatIsCompiledHere() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        int begin = source.indexOf("        // begin of the example");
        int end = source.indexOf("        // end of the example");
        String example = source.subList(begin + 1, end).stream()
                .collect(Collectors.joining("\n"))
                .stripIndent();
        assertThat(example.lines().filter(line -> !line.isBlank()).count()).isBetween(10L, 15L);
        assertThat(Files.readString(Path.of("../../README.md"))).contains("```java\n" + example + "\n```");
    }

    @Test
    void theExampleRuns() {
        ReadmeExample.show(Path.of("../sample/sample-cluster.yaml"));
    }
}
