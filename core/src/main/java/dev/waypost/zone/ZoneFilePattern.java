package dev.waypost.zone;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Which files of a folder, and of those below it, are zone files, and of what zones.
 *
 * @param folder where they are; links are followed, names that begin with a dot passed over
 * @param fileName found somewhere in a file's name, without its folder
 * @param origin the zone's name, <code>{1}</code> for what the expression's first group found, and so on
 */
public record ZoneFilePattern(Path folder, Pattern fileName, String origin) {
    /** Folders inside of one another, at most. */
    private static final int MOST_DEPTH = 16;

    /** Zone files, at most. */
    private static final int MOST_FILES = 100_000;

    private static final Pattern GROUP = Pattern.compile("\\{(\\d{1,2})}");

    /** Files named {@code db.<origin>}, as CoreDNS has it. */
    public static ZoneFilePattern of(Path folder) {
        return new ZoneFilePattern(folder, Pattern.compile("db\\.(.*)"), "{1}");
    }

    /**
     * @throws IllegalArgumentException for an origin with a group that the expression does not have
     */
    public ZoneFilePattern {
        int groups = fileName.matcher("").groupCount();
        Matcher group = GROUP.matcher(origin);
        while (group.find()) {
            if (Integer.parseInt(group.group(1)) > groups) {
                throw new IllegalArgumentException(
                        "an origin wants groups of \"" + fileName + "\", found \"" + group.group() + "\"");
            }
        }
    }

    /**
     * The files by their zones' origins, in the order of their names; of two with one origin the first counts.
     *
     * @param faults told of files that have no usable origin, and of others that are passed over
     * @throws IOException for a folder that cannot be read
     */
    Map<Name, Path> files(Consumer<String> faults) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), MOST_DEPTH, new Visitor(all, faults));
        Collections.sort(all);
        Map<Name, Path> files = new LinkedHashMap<>();
        for (Path file : all) {
            Name zone = originOf(file, faults);
            Path first = zone == null ? null : files.putIfAbsent(zone, file);
            if (first != null) {
                faults.accept(file + ": one zone wants one file, found " + zone + " in " + first + " too");
            }
        }
        return files;
    }

    private @Nullable Name originOf(Path file, Consumer<String> faults) {
        Matcher found = fileName.matcher(String.valueOf(file.getFileName()));
        if (!found.find()) {
            return null;
        }
        String text = GROUP.matcher(origin)
                .replaceAll(group ->
                        Matcher.quoteReplacement(String.valueOf(found.group(Integer.parseInt(group.group(1))))));
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException unusable) {
            faults.accept(file + ": an origin wants to be a domain name, found \"" + text + "\" ("
                    + unusable.getMessage() + ")");
            return null;
        }
    }

    /** Collects regular files; what cannot be read below the folder is told and passed over. */
    private final class Visitor extends SimpleFileVisitor<Path> {
        private final List<Path> files;
        private final Consumer<String> faults;

        Visitor(List<Path> files, Consumer<String> faults) {
            this.files = files;
            this.faults = faults;
        }

        /** Kubernetes keeps what it mounts in such a folder, and links to it: there it would be found twice. */
        private boolean isHidden(Path path) {
            return !path.equals(folder) && String.valueOf(path.getFileName()).startsWith(".");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return isHidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile() && !isHidden(path)) {
                files.add(path);
            }
            if (files.size() > MOST_FILES) {
                throw new IOException("more than " + MOST_FILES + " files");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException unreadable) throws IOException {
            if (path.equals(folder)) {
                throw unreadable;
            }
            faults.accept(path + ": a folder of zone files wants to be readable, found " + unreadable);
            return FileVisitResult.CONTINUE;
        }
    }
}
