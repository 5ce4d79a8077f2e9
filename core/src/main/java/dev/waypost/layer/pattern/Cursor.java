package dev.waypost.layer.pattern;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression being read from the front: letters and escapes. */
final class Cursor {
    private static final Pattern HEX = Pattern.compile("\\\\x(?:([0-9A-Fa-f]{2})|\\{([0-9A-Fa-f]{1,6})})");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final Map<Character, CharacterSet> CLASSES = Map.of(
            'd',
            CharacterSet.DIGIT,
            'D',
            CharacterSet.DIGIT.negated(),
            's',
            CharacterSet.SPACE,
            'S',
            CharacterSet.SPACE.negated(),
            'w',
            CharacterSet.WORD,
            'W',
            CharacterSet.WORD.negated());
    private static final Map<Character, Character> CONTROLS =
            Map.of('a', '\u0007', 'f', '\f', 't', '\t', 'n', '\n', 'r', '\r', 'v', '\u000b');

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean hasNext() {
        return at < text.length();
    }

    int peek() {
        return text.codePointAt(at);
    }

    int next() {
        int c = peek();
        at += Character.charCount(c);
        return c;
    }

    boolean isAt(char c) {
        return hasNext() && text.charAt(at) == c;
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    /** Passes over a prefix, if it is there. */
    boolean take(String prefix) {
        boolean there = startsWith(prefix);
        at += there ? prefix.length() : 0;
        return there;
    }

    void skip(int letters) {
        at += letters;
    }

    /** What a pattern finds right here. */
    @Nullable
    Matcher looksAt(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher : null;
    }

    /** The letters of a {@code \Q...\E}. */
    String quoted() {
        int from = at + 2;
        int end = text.indexOf("\\E", from);
        at = end < 0 ? text.length() : end + 2;
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** The characters that a backslash and what follows stand for. */
    CharacterSet escaped() {
        Matcher hex = looksAt(HEX);
        Matcher octal = looksAt(OCTAL);
        if (hex != null) {
            String digits = hex.group(1) == null ? hex.group(2) : hex.group(1);
            return numbered(Integer.parseInt(digits, 16), hex);
        }
        if (octal != null) {
            return numbered(Integer.parseInt(octal.group(1), 8), octal);
        }
        skip(1);
        if (!hasNext()) {
            throw fault("a backslash stands at the end");
        }
        int c = next();
        CharacterSet known = CLASSES.get((char) c);
        Character control = CONTROLS.get((char) c);
        if (known != null && c < 0x80) {
            return known;
        }
        if (control != null && c < 0x80) {
            return CharacterSet.of(control);
        }
        if (CharacterSet.WORD.has(c) || c >= 0x80) {
            throw fault("'\\" + Character.toString(c) + "' is not understood"); // as in Go: it may get a meaning
        }
        return CharacterSet.of(c);
    }

    private CharacterSet numbered(int codePoint, Matcher digits) {
        if (codePoint > Character.MAX_CODE_POINT) {
            throw fault("there is no such character");
        }
        skip(digits.group().length());
        return CharacterSet.of(codePoint);
    }

    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(
                "a regular expression is wanted (" + what + ", letter " + (at + 1) + "), found \"" + text + "\"");
    }
}
