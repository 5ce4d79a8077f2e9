package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

@DisplayName("$INCLUDE: RFC 1035 section 5.1")
class IncludedZoneFileTest {
    private static final String SOA = "@ 3600 SOA ns hostmaster 1 7200 1800 86400 60\n";

    @TempDir
    private Path folder;

    private Path root;
    private ZoneFileReader reader;

    @BeforeEach
    void setUp() throws IOException {
        root = Files.createDirectory(folder.resolve("zones"));
        reader = ZoneFileReader.of(Zones.name("example.org")).withIncludes(root);
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private StaticZone read(String text) throws IOException {
        return reader.read(write("db.example", SOA + text));
    }

    @Test
    void recordsOfTheFileStandInThePlaceOfTheDirective() throws IOException {
        write("more", "www A 192.0.2.1\n");
        StaticZone zone = read("$INCLUDE more\n");
        assertThat(zone.find(Zones.name("www.example.org"), Type.A)).found("www.example.org. 3600 A 192.0.2.1");
    }

    @Test
    void fileHasAnOriginOfItsOwnWhichEndsWithIt() throws IOException {
        write("more", "@ A 192.0.2.1\n$ORIGIN deep\nwww A 192.0.2.2\n");
        StaticZone zone = read("first A 192.0.2.9\n$INCLUDE more sub\n  TXT here\nlast A 192.0.2.8\n");
        assertThat(zone.find(Zones.name("sub.example.org"), Type.A)).found("sub.example.org. 3600 A 192.0.2.1");
        assertThat(zone.find(Zones.name("www.deep.sub.example.org"), Type.A))
                .found("www.deep.sub.example.org. 3600 A 192.0.2.2");
        assertThat(zone.find(Zones.name("first.example.org"), Type.TXT)).found("first.example.org. 3600 TXT here");
        assertThat(zone.find(Zones.name("last.example.org"), Type.A)).found("last.example.org. 3600 A 192.0.2.8");
    }

    @Test
    void defaultTtlGoesOnBehindTheFile() throws IOException { // as BIND and NSD have it
        write("more", "$TTL 77\n");
        StaticZone zone = read("$TTL 300\n$INCLUDE more\nwww A 192.0.2.1\n");
        assertThat(zone.find(Zones.name("www.example.org"), Type.A)).found("www.example.org. 77 A 192.0.2.1");
    }

    @Test
    void namesAreTakenFromTheIncludingFilesFolder() throws IOException {
        write("parts/one", "$INCLUDE two\n");
        write("parts/two", "www A 192.0.2.1\n");
        StaticZone zone = read("$INCLUDE \"parts/one\"\n");
        assertThat(zone.find(Zones.name("www.example.org"), Type.A)).found("www.example.org. 3600 A 192.0.2.1");
    }

    @Test
    void faultNamesTheIncludedFile() throws IOException {
        Path more = write("more", "\nwww A 192.0.2.999\n").toRealPath();
        assertThatThrownBy(() -> read("$INCLUDE more\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(more + ":2:7: A wants RDATA of its form");
    }

    @Test
    void ruleOverTwoFilesNamesTheLaterRecord() throws IOException {
        Path more = write("more", "www CNAME ns\n").toRealPath();
        assertThatThrownBy(() -> read("www A 192.0.2.1\n$INCLUDE more\n"))
                .hasMessageStartingWith(more + ":1: a CNAME wants no other data at its name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/hostname", "link", "parts/../../secret", "."})
    void nothingOutsideOfTheFolderIsRead(String name) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "www A 192.0.2.1\n");
        Files.createSymbolicLink(root.resolve("link"), secret);
        Files.createDirectories(root.resolve("parts"));
        assertThatThrownBy(() -> read("$INCLUDE " + name + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("db.example:2:10: $INCLUDE wants a")
                .hasMessageContaining("found \"" + name + "\"");
    }

    @Test
    void linkInsideOfTheFolderIsFollowed() throws IOException { // as Kubernetes mounts a ConfigMap
        write("..data/more", "www A 192.0.2.1\n");
        Files.createSymbolicLink(root.resolve("more"), Path.of("..data/more"));
        StaticZone zone = read("$INCLUDE more\n");
        assertThat(zone.find(Zones.name("www.example.org"), Type.A)).found("www.example.org. 3600 A 192.0.2.1");
    }

    @Test
    void fileDoesNotIncludeItself() throws IOException {
        assertThatThrownBy(() -> read("$INCLUDE db.example\n"))
                .hasMessageContaining("db.example:2:10: $INCLUDE wants a file that is not being read already");
        write("one", "$INCLUDE two\n");
        write("two", "$INCLUDE one\n");
        assertThatThrownBy(() -> read("$INCLUDE one\n")).hasMessageContaining("two:1:10: $INCLUDE wants a file that");
    }

    @Test
    void depthAndNumberAreBounded() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("level" + i, "$INCLUDE level" + (i + 1) + "\n");
        }
        assertThatThrownBy(() -> read("$INCLUDE level0\n"))
                .hasMessageContaining("level6:1:10: $INCLUDE wants at most 8 files inside of one another");
        write("leaf", "\n");
        assertThat(read("$INCLUDE leaf\n".repeat(1_000)).recordSets()).hasSize(1);
        assertThatThrownBy(() -> read("$INCLUDE leaf\n".repeat(1_001))).hasMessageContaining("and 1000 in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$INCLUDE", "$INCLUDE a b c"})
    void fileAndOriginAreAllItTakes(String line) {
        assertThatThrownBy(() -> read(line + "\n")).hasMessageContaining("$INCLUDE wants a file and perhaps an origin");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> read("$INCLUDE none\n"))
                .hasMessageContaining("db.example:2:10: $INCLUDE wants a readable file, found \"none\"");
    }

    @Test
    void textIncludesFromTheFolder() throws IOException {
        write("more", "www A 192.0.2.1\n");
        assertThat(reader.read(SOA + "$INCLUDE more\n", "text").recordSets()).hasSize(2);
    }

    @Test
    void withoutAFolderNothingIsIncluded() throws IOException {
        write("more", "www A 192.0.2.1\n");
        reader = ZoneFileReader.of(Zones.name("example.org"));
        assertThatThrownBy(() -> read("$INCLUDE more\n")).hasMessageContaining("db.example:2:10: $INCLUDE is off");
    }
}
