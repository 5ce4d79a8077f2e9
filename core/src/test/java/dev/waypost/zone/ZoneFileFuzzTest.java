package dev.waypost.zone;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waypost.ConfigurationException;
import dev.waypost.testing.Zones;
import java.nio.charset.StandardCharsets;

/** Zone files of whatever octets: they are read, or refused with their place. */
class ZoneFileFuzzTest {
    private static final ZoneFileReader READER = ZoneFileReader.of(Zones.name("example.org"));

    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] octets) {
        try {
            READER.read(new String(octets, StandardCharsets.UTF_8), "db.example");
        } catch (ConfigurationException refused) {
            // any other exception is a fault of the reader
        }
    }
}
