package dev.waypost.corefile;

import java.util.List;
import java.util.stream.Collectors;

/** Server blocks in one line each, brackets around what belongs together: what tests compare. */
final class Outline {
    private Outline() {}

    static List<String> of(List<ServerBlock> blocks) {
        return blocks.stream()
                .map(block -> words(block.keys()) + " " + statements(block.directives()))
                .toList();
    }

    private static String statements(List<Statement> statements) {
        return statements.stream().map(Outline::statement).collect(Collectors.joining("; ", "{", "}"));
    }

    private static String statement(Statement statement) {
        return statement.name()
                + (statement.arguments().isEmpty() ? "" : " " + words(statement.arguments()))
                + (statement.block().isEmpty() ? "" : " " + statements(statement.block()));
    }

    private static String words(List<Token> tokens) {
        return tokens.stream().map(token -> "<" + token.text() + ">").collect(Collectors.joining(" "));
    }
}
