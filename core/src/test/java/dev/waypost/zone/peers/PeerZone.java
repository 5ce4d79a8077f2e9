package dev.waypost.zone.peers;

import dev.waypost.RecordSet;
import dev.waypost.testing.Zones;
import dev.waypost.zone.StaticZone;
import dev.waypost.zone.ZoneFileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * A zone as text that every server reads.
 *
 * @param origin absolute name without the last dot
 * @param text a master file
 */
record PeerZone(String origin, String text) {
    Name name() {
        return Zones.name(origin);
    }

    StaticZone zone() {
        return ZoneFileReader.of(name()).read(text, fileName());
    }

    Set<Name> owners() {
        return zone().recordSets().stream().map(RecordSet::owner).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    String fileName() {
        return origin + ".zone";
    }

    void writeInto(Path folder) {
        try {
            Files.writeString(folder.resolve(fileName()), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
