package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.layer.AddressWeights;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The weights of {@code loadbalance weighted}, read again and again; a bad file changes nothing. */
final class WeightFile {
    private static final Logger LOG = System.getLogger("dev.waypost.loadbalance");
    private static final int MOST_OCTETS = 16 << 20;

    private final Path file;
    private String text = "";
    private volatile AddressWeights weights = AddressWeights.NONE;

    WeightFile(Path file) {
        this.file = file;
    }

    AddressWeights weights() {
        return weights;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationException for one that cannot be used
     */
    synchronized void read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw ConfigurationException.of(file.toString(), "is larger than " + MOST_OCTETS + " octets");
            }
            String present = new String(octets, StandardCharsets.UTF_8);
            if (!present.equals(text)) {
                weights = AddressWeights.read(present, file.toString());
                text = present;
            }
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read (" + unreadable + ")", unreadable);
        }
    }

    /** Reads the file, and goes on as before where it cannot be used. */
    void readAgain() {
        try {
            read();
        } catch (ConfigurationException unusable) {
            LOG.log(Level.WARNING, "weights go on as they were: " + unusable.getMessage());
        }
    }
}
