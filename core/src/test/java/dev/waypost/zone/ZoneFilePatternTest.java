package dev.waypost.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

class ZoneFilePatternTest {
    @TempDir
    private Path folder;

    private final List<String> faults = new ArrayList<>();

    private Path touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private Map<Name, Path> files(String expression, String origin) throws IOException {
        return new ZoneFilePattern(folder, Pattern.compile(expression), origin).files(faults::add);
    }

    @Test
    void expressionIsFoundAnywhereInTheFilesName() throws IOException {
        Path one = touch("my-db.example.org");
        touch("readme");
        Path two = touch("deep/below/db.example.net");
        assertThat(ZoneFilePattern.of(folder).files(faults::add))
                .isEqualTo(Map.of(Zones.name("example.org"), one, Zones.name("example.net"), two));
        assertThat(faults).isEmpty();
    }

    @Test
    void originIsMadeOfGroups() throws IOException {
        Path file = touch("org.example.zone");
        assertThat(files("^(\\w+)\\.(\\w+)\\.zone$", "{2}.{1}")).isEqualTo(Map.of(Zones.name("example.org"), file));
    }

    @Test
    void ofTwoFilesForOneZoneTheFirstCountsAndTheOtherIsTold() throws IOException {
        Path first = touch("a/db.example.org");
        Path second = touch("b/db.EXAMPLE.org");
        assertThat(ZoneFilePattern.of(folder).files(faults::add)).isEqualTo(Map.of(Zones.name("example.org"), first));
        assertThat(faults)
                .containsExactly(second + ": one zone wants one file, found EXAMPLE.org. in " + first + " too");
    }

    @Test
    void hiddenFoldersArePassedOverAndLinksFollowed() throws IOException { // as Kubernetes mounts a ConfigMap
        touch("..2026_11_29/db.example.org");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_29"));
        Path link = Files.createSymbolicLink(folder.resolve("db.example.org"), Path.of("..data/db.example.org"));
        touch(".db.example.net.swp");
        assertThat(ZoneFilePattern.of(folder).files(faults::add)).isEqualTo(Map.of(Zones.name("example.org"), link));
        assertThat(faults).isEmpty();
    }

    @Test
    void linkInACircleEndsTheWalkThere() throws IOException {
        Path file = touch("below/db.example.org");
        Files.createSymbolicLink(folder.resolve("below/up"), folder);
        assertThat(ZoneFilePattern.of(folder).files(faults::add)).isEqualTo(Map.of(Zones.name("example.org"), file));
        assertThat(faults).singleElement().asString().contains("up: a folder of zone files wants to be readable");
    }

    @Test
    void nameThatIsNoOriginIsTold() throws IOException {
        Path file = touch("db.a..b");
        assertThat(ZoneFilePattern.of(folder).files(faults::add)).isEmpty();
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith(file + ": an origin wants to be a domain name, found \"a..b\"");
    }

    @Test
    void groupThatTheExpressionHasNotIsRefused() {
        assertThatThrownBy(() -> files("db\\.(.*)", "{2}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an origin wants groups of \"db\\.(.*)\", found \"{2}\"");
    }

    @Test
    void folderThatIsNotThereIsAFailure() {
        ZoneFilePattern pattern = ZoneFilePattern.of(folder.resolve("none"));
        assertThatThrownBy(() -> pattern.files(faults::add)).isInstanceOf(IOException.class);
    }
}
