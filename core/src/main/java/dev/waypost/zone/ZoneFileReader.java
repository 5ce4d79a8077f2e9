package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.xbill.DNS.Name;

/**
 * Reads zone files: master files of RFC 1035 section 5 with {@code $ORIGIN}, {@code $TTL} (RFC 2308 section 4), units in
 * TTLs, and generic types and RDATA (RFC 3597 section 5).
 *
 * <p>Immutable, and safe for any number of threads. A file that a name server would refuse is refused, with
 * {@code file:line:column} and what was found and wanted. {@code $INCLUDE} and {@code $GENERATE} are refused for now.
 */
public final class ZoneFileReader {
    /** The largest file taken, octets: what a host's heap would hold as records, roughly. */
    public static final long MOST_OCTETS = 256L << 20;

    private final Name origin;

    private ZoneFileReader(Name origin) {
        this.origin = origin;
    }

    /**
     * A reader of zone files for one zone.
     *
     * @param origin the apex, and the first {@code $ORIGIN}; absolute
     */
    public static ZoneFileReader of(Name origin) {
        if (!origin.isAbsolute()) {
            throw new IllegalArgumentException("an origin wants an absolute name, found \"" + origin + "\"");
        }
        return new ZoneFileReader(origin);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException for a file that cannot be read or cannot be used
     */
    public StaticZone read(Path file) {
        try (InputStream octets = Files.newInputStream(file)) {
            return read(octets, file.toString());
        } catch (NoSuchFileException missing) {
            throw ConfigurationException.of(file.toString(), "a zone file is wanted, found no such file", missing);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "a zone file wants to be readable, found " + unreadable, unreadable);
        }
    }

    /**
     * Reads a zone from text.
     *
     * @param source what faults call it
     * @throws ConfigurationException for text that cannot be used
     */
    public StaticZone read(String text, String source) {
        try {
            return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), source);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private StaticZone read(InputStream octets, String source) throws IOException {
        ZoneContents contents = new ZoneContents(origin, source);
        ZoneFileParser parser = new ZoneFileParser(origin, contents);
        ZoneFileLexer lexer = new ZoneFileLexer(new BufferedInputStream(octets), source, MOST_OCTETS);
        for (ZoneFileEntry entry = lexer.entry(); entry != null; entry = lexer.entry()) {
            parser.take(entry);
        }
        return StaticZone.of(contents);
    }
}
