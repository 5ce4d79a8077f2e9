package dev.waypost.corefile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file name with a wildcard, as {@code import} takes it: {@code *} stands for any characters of one folder's or file's
 * name, {@code ?} for one. Like CoreDNS it takes one of each at most, so that a pattern cannot walk a whole disk.
 */
final class FilePattern {
    private final Path pattern;

    private FilePattern(Path pattern) {
        this.pattern = pattern;
    }

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    static FilePattern of(Token token) {
        String text = token.text();
        if (text.indexOf('*') != text.lastIndexOf('*')
                || text.indexOf('?') != text.lastIndexOf('?')
                || text.indexOf('[') >= 0) {
            throw token.unexpected("import", "a pattern with one '*' or '?' and without '['");
        }
        return new FilePattern(Path.of(text));
    }

    /** The files that match, by name; folders are passed over. */
    List<Path> matches(Path folder) throws IOException {
        List<Path> found = List.of(pattern.isAbsolute() ? pattern.getRoot() : folder);
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path parent : found) {
                next.addAll(step(parent, part.toString()));
            }
            found = next;
        }
        return found.stream().filter(Files::isRegularFile).sorted().toList();
    }

    private static List<Path> step(Path parent, String part) throws IOException {
        if (!isPattern(part)) {
            Path child = parent.resolve(part);
            return Files.exists(child) ? List.of(child) : List.of();
        }
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        Pattern name =
                Pattern.compile(Pattern.quote(part).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
            for (Path child : all) {
                if (name.matcher(String.valueOf(child.getFileName())).matches()) {
                    children.add(child);
                }
            }
        }
        return children;
    }
}
