package dev.waypost.zone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from the next without reading it.
 *
 * @param modified time of the last change
 * @param octets size
 * @param key the file's identity, which changes when another file is moved or linked into its place with its old time;
 *     null where the file system has none
 */
record FileStamp(FileTime modified, long octets, @Nullable Object key) {
    /** The present state; symbolic links are followed, as a ConfigMap changes by its link. Empty where there is no file. */
    static Optional<FileStamp> of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
