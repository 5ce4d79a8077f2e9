package dev.waypost.corefile.directive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file looks like from outside: while the stamp is the same, the file need not be read again.
 *
 * <p>Symbolic links are followed: Kubernetes replaces a mounted file by leading a link elsewhere.
 *
 * @param modified its time, as the file system writes it; empty where there is no file
 * @param octets its size
 * @param key what the file system tells it by
 */
record FileStamp(String modified, long octets, String key) {
    private static final FileStamp MISSING = new FileStamp("", 0, "");

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.lastModifiedTime().toString(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException missing) {
            return MISSING;
        }
    }

    boolean isMissing() {
        return equals(MISSING);
    }
}
