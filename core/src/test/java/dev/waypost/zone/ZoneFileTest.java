package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class ZoneFileTest {
    private static final Name WWW = Zones.name("www.example.org");

    @TempDir
    private Path folder;

    private long clock = 1_700_000_000_000L;

    private Path write(int serial, String line) throws IOException {
        Path file = folder.resolve("db.example");
        Files.writeString(file, "@ 3600 SOA ns hostmaster " + serial + " 7200 1800 86400 60\n" + line + "\n");
        clock += 1_000;
        return Files.setLastModifiedTime(file, FileTime.fromMillis(clock));
    }

    private static ZoneFile zoneFile(Path file, ZoneFile.ReloadBy reloadBy) {
        return new ZoneFile(file, Zones.name("example.org"), reloadBy);
    }

    @Test
    void fileThatNeverLoadedIsNotReadyUntilItDoes() throws IOException {
        ZoneFile zone = zoneFile(folder.resolve("db.example"), ZoneFile.ReloadBy.SERIAL);
        assertThatThrownBy(zone::reload).isInstanceOf(ConfigurationException.class);
        assertThat(zone.reload()).as("told once").isFalse();
        assertThat(zone.fault()).isPresent();
        assertThat(zone.find(WWW, Type.A)).isNotReady();
        write(1, "www A 192.0.2.1");
        assertThat(zone.reload()).isTrue();
        assertThat(zone.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.1");
    }

    @Test
    void anotherSerialIsAnsweredAndTheOldAnswerEnds() throws IOException {
        ZoneFile zone = zoneFile(write(1, "www A 192.0.2.1"), ZoneFile.ReloadBy.SERIAL);
        zone.reload();
        Finding before = zone.find(WWW, Type.A);
        write(2, "www A 192.0.2.2");
        assertThat(zone.reload()).isTrue();
        assertThat(before).holdsNoMore();
        assertThat(zone.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.2");
        assertThat(zone.reload()).isFalse();
    }

    @Test
    void sameSerialIsNotAnsweredUnlessTimeCounts() throws IOException {
        ZoneFile bySerial = zoneFile(write(1, "www A 192.0.2.1"), ZoneFile.ReloadBy.SERIAL);
        ZoneFile byTime = zoneFile(bySerial.file(), ZoneFile.ReloadBy.MTIME);
        bySerial.reload();
        byTime.reload();
        write(1, "www A 192.0.2.2");
        assertThat(bySerial.reload()).isFalse();
        assertThat(byTime.reload()).isTrue();
        assertThat(bySerial.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.1");
        assertThat(byTime.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.2");
    }

    @Test
    void brokenFileIsToldOnceAndTheOldZoneGoesOn() throws IOException {
        ZoneFile zone = zoneFile(write(1, "www A 192.0.2.1"), ZoneFile.ReloadBy.SERIAL);
        zone.reload();
        Finding before = zone.find(WWW, Type.A);
        write(2, "www A 192.0.2.999");
        assertThatThrownBy(zone::reload).hasMessageContaining("db.example:2:7: A wants RDATA");
        assertThat(zone.reload()).isFalse();
        assertThat(zone.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.1");
        assertThat(before).holds();
        assertThat(zone.fault().orElseThrow()).hasMessageContaining("db.example:2:7");
        write(3, "www A 192.0.2.3");
        assertThat(zone.reload()).isTrue();
        assertThat(zone.fault()).isEmpty();
    }

    @Test
    void includedFileIsWatchedToo() throws IOException {
        Path hosts = folder.resolve("hosts.db");
        Path file = write(1, "$INCLUDE hosts.db");
        ZoneFileReader reader = ZoneFileReader.of(Zones.name("example.org")).withIncludes(folder);
        ZoneFile zone = new ZoneFile(file, reader, ZoneFile.ReloadBy.MTIME);
        assertThatThrownBy(zone::reload).hasMessageContaining("db.example:2:10: $INCLUDE wants a readable file");
        assertThat(zone.reload()).isFalse();
        Files.writeString(hosts, "www A 192.0.2.1\n");
        assertThat(zone.reload()).as("the file is there now").isTrue();
        Files.writeString(hosts, "www A 192.0.2.22\n");
        assertThat(zone.reload()).as("the file is longer now").isTrue();
        assertThat(zone.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.22");
        assertThat(zone.reload()).isFalse();
    }

    @Test
    void removedFileIsToldOnceAndTheOldZoneGoesOn() throws IOException {
        ZoneFile zone = zoneFile(write(1, "www A 192.0.2.1"), ZoneFile.ReloadBy.SERIAL);
        zone.reload();
        Files.delete(zone.file());
        assertThatThrownBy(zone::reload).isInstanceOf(ConfigurationException.class);
        assertThat(zone.reload()).isFalse();
        assertThat(zone.find(WWW, Type.A)).found("www.example.org. 3600 A 192.0.2.1");
    }
}
