package dev.waypost.layer.pattern;

import java.util.List;

/** A part of an expression. */
sealed interface Node {
    /** No upper bound of a repetition. */
    int WITHOUT_END = -1;

    /** One character of a set. */
    record One(CharacterSet set) implements Node {}

    /** A place, no character. */
    record At(Place place) implements Node {}

    /** One part after the other; none matches the empty text. */
    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of the choices, the first rather than the second. */
    record Choice(List<Node> choices) implements Node {
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /**
     * A part again and again.
     *
     * @param least how often at least
     * @param most how often at most, or {@link #WITHOUT_END}
     * @param greedy whether more is better than less
     */
    record Repeat(Node part, int least, int most, boolean greedy) implements Node {}

    /**
     * A part that is remembered.
     *
     * @param index the group's number, from 1
     */
    record Group(Node part, int index) implements Node {}

    /** A place in a text. */
    enum Place {
        TEXT_BEGIN,
        TEXT_END,
        LINE_BEGIN,
        LINE_END,
        WORD_EDGE,
        NO_WORD_EDGE;

        boolean isAt(String text, int at) {
            return switch (this) {
                case TEXT_BEGIN -> at == 0;
                case TEXT_END -> at == text.length();
                case LINE_BEGIN -> at == 0 || text.charAt(at - 1) == '\n';
                case LINE_END -> at == text.length() || text.charAt(at) == '\n';
                case WORD_EDGE -> isWordEdge(text, at);
                case NO_WORD_EDGE -> !isWordEdge(text, at);
            };
        }

        private static boolean isWordEdge(String text, int at) {
            boolean before = at > 0 && CharacterSet.WORD.has(text.charAt(at - 1));
            boolean behind = at < text.length() && CharacterSet.WORD.has(text.charAt(at));
            return before != behind;
        }
    }
}
