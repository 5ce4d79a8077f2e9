package dev.waypost.corefile;

/**
 * A token as it stood in the text, before variables are put in.
 *
 * @param token the word and its place
 * @param quoted whether it stood in quotes: a quoted brace is an argument, not a brace
 * @param startsLine whether it is the first word of its line: it begins a statement
 */
record Lexeme(Token token, boolean quoted, boolean startsLine) {
    boolean isOpen() {
        return isWord("{");
    }

    boolean isClose() {
        return isWord("}");
    }

    boolean isWord(String word) {
        return !quoted && token.text().equals(word);
    }
}
