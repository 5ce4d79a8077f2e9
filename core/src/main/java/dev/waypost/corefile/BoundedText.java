package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small UTF-8 files whole, and refuses large ones before they are in memory. */
final class BoundedText {
    /** Four times what a Kubernetes ConfigMap may hold. */
    private static final int MAX_OCTETS = 4 << 20;

    private BoundedText() {}

    static String of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw ConfigurationException.of(file.toString(), "is larger than " + MAX_OCTETS + " octets");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw ConfigurationException.of(file.toString(), "is not UTF-8 text", notText);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
