package dev.waypost.corefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Snippets and imported files of one Corefile, with bounds: a Corefile may come from somebody else, and neither a
 * circle nor a snippet that doubles itself at every step may keep a server from starting or fill its memory.
 */
final class Imports {
    /** As many as CoreDNS allows. */
    private static final int MAX_IMPORTS = 10_000;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_WORDS = 500_000;

    private record Snippet(Token name, List<Lexeme> words, Path folder) {}

    private final Map<String, Snippet> snippets = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int count;
    private int wordCount;

    /** Reads the Corefile itself. */
    void file(Path path, Consumer<Words> reader) {
        open.addLast(identity(path));
        reader.accept(words(BoundedText.of(path), path.toString(), folderOf(path)));
        open.removeLast();
    }

    Words words(String text, String source, Path folder) {
        return counted(CorefileLexer.words(text, source), folder, new Token("", source, 1, 1));
    }

    void define(Token key, List<Lexeme> words, Path folder) {
        String name = key.text().substring(1, key.text().length() - 1);
        if (name.isEmpty()) {
            throw key.fault("a snippet wants a name between '(' and ')'");
        }
        @Nullable Snippet earlier = snippets.putIfAbsent(name, new Snippet(key, words, folder));
        if (earlier != null) {
            throw key.fault("snippet \"" + name + "\" is already defined at "
                    + earlier.name().place());
        }
    }

    /** Gives what a snippet, file or pattern holds to the reader, file by file in the order of their names. */
    void take(Token name, Path folder, Consumer<Words> reader) {
        @Nullable Snippet snippet = snippets.get(name.text());
        if (snippet != null) {
            enter(name, "(" + name.text() + ")");
            reader.accept(counted(snippet.words(), snippet.folder(), name));
            open.removeLast();
            return;
        }
        try {
            takeFiles(name, folder, reader);
        } catch (InvalidPathException | IOException unreadable) {
            throw name.fault("'import' cannot read \"" + name.text() + "\": " + unreadable);
        }
    }

    private void takeFiles(Token name, Path folder, Consumer<Words> reader) throws IOException {
        if (name.text().isEmpty()) {
            throw name.fault("'import' wants a snippet, a file or a pattern, found \"\"");
        }
        if (FilePattern.isPattern(name.text())) {
            for (Path file : FilePattern.of(name).matches(folder)) {
                takeFile(name, file, reader);
            }
            return;
        }
        Path file = folder.resolve(name.text());
        if (!Files.exists(file)) {
            throw name.fault("'import' wants a snippet defined above or a file, found \"" + name.text()
                    + "\": there is no snippet of this name and no file " + file);
        }
        takeFile(name, file, reader);
    }

    private void takeFile(Token name, Path file, Consumer<Words> reader) {
        if (Files.isDirectory(file)) {
            throw name.fault("'import' wants a file, found the folder " + file);
        }
        enter(name, identity(file));
        reader.accept(words(BoundedText.of(file), file.toString(), folderOf(file)));
        open.removeLast();
    }

    private void enter(Token name, String identity) {
        if (open.contains(identity)) {
            throw name.fault("'import' goes round in a circle: " + String.join(" -> ", open) + " -> " + identity);
        }
        if (open.size() > MAX_DEPTH) {
            throw name.fault("'import' is nested more than " + MAX_DEPTH + " deep");
        }
        if (++count > MAX_IMPORTS) {
            throw name.fault("more than " + MAX_IMPORTS + " imports");
        }
        open.addLast(identity);
    }

    private Words counted(List<Lexeme> words, Path folder, Token place) {
        wordCount += words.size();
        if (wordCount > MAX_WORDS) {
            throw place.fault("more than " + MAX_WORDS + " words, imports included");
        }
        return new Words(words, folder);
    }

    private static Path folderOf(Path file) {
        @Nullable Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** One name a file, so that {@code a} and {@code ./a} are seen to be the same. */
    private static String identity(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException notThere) {
            return file.toAbsolutePath().normalize().toString();
        }
    }
}
