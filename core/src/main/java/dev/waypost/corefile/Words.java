package dev.waypost.corefile;

import java.nio.file.Path;
import java.util.List;

/** The words of one file or snippet, read from the front. */
final class Words {
    private final List<Lexeme> words;
    private final Path folder;
    private int next;

    /**
     * @param words what there is to read
     * @param folder where file names in them start
     */
    Words(List<Lexeme> words, Path folder) {
        this.words = words;
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    boolean hasNext() {
        return next < words.size();
    }

    /** Whether one more word stands on the present line. */
    boolean hasNextOnLine() {
        return hasNext() && !peek().startsLine();
    }

    Lexeme peek() {
        return words.get(next);
    }

    Lexeme next() {
        return words.get(next++);
    }

    boolean atOpen() {
        return hasNext() && peek().isOpen();
    }

    boolean atClose() {
        return hasNext() && peek().isClose();
    }

    boolean atImport() {
        return hasNext() && peek().isWord("import");
    }
}
