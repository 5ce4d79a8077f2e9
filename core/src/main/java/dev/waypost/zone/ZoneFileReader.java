package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Reads zone files: master files of RFC 1035 section 5 with {@code $ORIGIN}, {@code $TTL} (RFC 2308 section 4), units in
 * TTLs, and generic types and RDATA (RFC 3597 section 5).
 *
 * <p>Also BIND's {@code $GENERATE}, up to 65,536 entries each, and {@code $INCLUDE} where {@link #withIncludes} allows it.
 *
 * <p>Immutable, and safe for any number of threads. A file that a name server would refuse is refused, with
 * {@code file:line:column} and what was found and wanted.
 */
public final class ZoneFileReader {
    /** Octets that a zone's files may have in all: what a host's heap would hold as records, roughly. */
    public static final long MOST_OCTETS = 256L << 20;

    private final Name origin;
    private final @Nullable Path includes;

    private ZoneFileReader(Name origin, @Nullable Path includes) {
        this.origin = origin;
        this.includes = includes;
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
        return new ZoneFileReader(origin, null);
    }

    /** The apex of the zones read. */
    public Name origin() {
        return origin;
    }

    /**
     * The same reader, which follows {@code $INCLUDE} too: eight files deep at most, none inside of itself.
     *
     * @param folder no other files are read than those in it and below, links resolved. A name is taken from the folder of
     *     the file that includes it
     */
    public ZoneFileReader withIncludes(Path folder) {
        return new ZoneFileReader(origin, folder);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException for a file that cannot be read or cannot be used
     */
    public StaticZone read(Path file) {
        return read(file, new HashMap<>());
    }

    /**
     * Reads a file.
     *
     * @param files takes the file and those it includes as they were before they were read, also when they cannot be used
     */
    StaticZone read(Path file, Map<Path, Optional<FileStamp>> files) {
        ZoneContents contents = new ZoneContents(origin, file.toString());
        ZoneReading reading = new ZoneReading(contents, includes);
        try {
            reading.read(file);
        } finally {
            files.putAll(reading.files());
        }
        return StaticZone.of(contents);
    }

    /**
     * Reads a zone from text.
     *
     * @param source what faults call it
     * @throws ConfigurationException for text that cannot be used
     */
    public StaticZone read(String text, String source) {
        ZoneContents contents = new ZoneContents(origin, source);
        try {
            new ZoneReading(contents, includes)
                    .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), source);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return StaticZone.of(contents);
    }
}
