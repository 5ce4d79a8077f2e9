package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One reading of a zone: its files, one included from the other, and what they may take in all. For one thread. */
final class ZoneReading {
    /** Files inside of one another, at most. */
    private static final int MOST_DEPTH = 8;

    /** Files of one zone, each counted as often as it is included, at most. */
    private static final int MOST_FILES = 1_000;

    /** Entries of one zone that {@code $GENERATE} makes, at most. */
    private static final int MOST_GENERATED = 1_000_000;

    private final ZoneContents contents;
    private final @Nullable Path includes;
    private final OctetBound bound = new OctetBound(ZoneFileReader.MOST_OCTETS);
    private final Deque<Path> open = new ArrayDeque<>();
    private final Map<Path, Optional<FileStamp>> files = new LinkedHashMap<>();
    private int included;
    private int generated;

    /**
     * @param includes the folder that {@code $INCLUDE} may read files of; null where it may read none
     */
    ZoneReading(ZoneContents contents, @Nullable Path includes) {
        this.contents = contents;
        this.includes = includes;
    }

    /** The files opened so far, each as it was then. */
    Map<Path, Optional<FileStamp>> files() {
        return files;
    }

    /** Reads the zone's own file. */
    void read(Path file) {
        files.put(file, FileStamp.of(file));
        try {
            open.push(file.toRealPath());
            try (InputStream octets = Files.newInputStream(file)) {
                read(octets, file.toString());
            }
        } catch (NoSuchFileException missing) {
            throw ConfigurationException.of(file.toString(), "a zone file is wanted, found no such file", missing);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "a zone file wants to be readable, found " + unreadable, unreadable);
        }
    }

    /** Reads the zone's own text. */
    void read(InputStream octets, String source) throws IOException {
        read(octets, source, new ZoneFileParser(contents, this));
    }

    private void read(InputStream octets, String source, ZoneFileParser parser) throws IOException {
        ZoneFileLexer lexer = new ZoneFileLexer(new BufferedInputStream(octets), source, bound);
        for (ZoneFileEntry entry = lexer.entry(); entry != null; entry = lexer.entry()) {
            parser.take(entry);
        }
    }

    /**
     * Reads another file in the place of a directive.
     *
     * @param name the word that names it, taken from the including file's folder
     * @param parser what takes its entries
     */
    void include(ZoneFileWord name, ZoneFileParser parser) {
        Path file = includable(name);
        if (open.contains(file)) {
            throw name.fault("$INCLUDE wants a file that is not being read already, found \"" + name.text() + "\"");
        }
        if (open.size() >= MOST_DEPTH || ++included > MOST_FILES) {
            throw name.fault("$INCLUDE wants at most " + MOST_DEPTH + " files inside of one another and " + MOST_FILES
                    + " in all, found more with \"" + name.text() + "\"");
        }
        open.push(file);
        try (InputStream octets = Files.newInputStream(file)) {
            read(octets, file.toString(), parser);
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
        open.pop();
    }

    private Path includable(ZoneFileWord name) {
        if (includes == null) {
            throw name.fault("$INCLUDE is off: it wants a folder whose files it may read");
        }
        try {
            Path root = includes.toRealPath();
            Path file = named(name, root).toRealPath(); // links resolved: none leads out of the folder
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                throw name.fault("$INCLUDE wants a file inside of " + includes + ", found \"" + name.text() + "\"");
            }
            return file;
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    private Path named(ZoneFileWord name, Path root) {
        try {
            Path file = open.isEmpty() ? root.resolve(name.text()) : open.peek().resolveSibling(name.text());
            files.put(file, FileStamp.of(file)); // also when it is not there yet
            return file;
        } catch (InvalidPathException unusable) {
            throw unreadable(name, unusable);
        }
    }

    private static ConfigurationException unreadable(ZoneFileWord name, Exception why) {
        return name.fault("$INCLUDE wants a readable file, found \"" + name.text() + "\" (" + why + ")");
    }

    /** Counts entries that a directive makes. */
    void generate(ZoneFileWord directive, int count) {
        generated += count;
        if (generated > MOST_GENERATED) {
            throw directive.fault(
                    "$GENERATE wants to make at most " + MOST_GENERATED + " entries of a zone, found more");
        }
    }
}
