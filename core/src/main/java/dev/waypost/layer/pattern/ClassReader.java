package dev.waypost.layer.pattern;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code [...]}. */
final class ClassReader {
    private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):]");
    private static final CharacterSet ALNUM =
            CharacterSet.DIGIT.and(CharacterSet.LOWER).and(CharacterSet.UPPER);
    private static final CharacterSet PUNCT = CharacterSet.range('!', '/')
            .and(CharacterSet.range(':', '@'))
            .and(CharacterSet.range('[', '`'))
            .and(CharacterSet.range('{', '~'));
    private static final Map<String, CharacterSet> POSIX_CLASSES = Map.ofEntries(
            Map.entry("alnum", ALNUM),
            Map.entry("alpha", CharacterSet.LOWER.and(CharacterSet.UPPER)),
            Map.entry("ascii", CharacterSet.range(0, 0x7F)),
            Map.entry("blank", CharacterSet.of('\t').and(CharacterSet.of(' '))),
            Map.entry("cntrl", CharacterSet.range(0, 0x1F).and(CharacterSet.of(0x7F))),
            Map.entry("digit", CharacterSet.DIGIT),
            Map.entry("graph", CharacterSet.range('!', '~')),
            Map.entry("lower", CharacterSet.LOWER),
            Map.entry("print", CharacterSet.range(' ', '~')),
            Map.entry("punct", PUNCT),
            Map.entry("space", CharacterSet.range('\t', '\r').and(CharacterSet.of(' '))),
            Map.entry("upper", CharacterSet.UPPER),
            Map.entry("word", CharacterSet.WORD),
            Map.entry(
                    "xdigit",
                    CharacterSet.DIGIT.and(CharacterSet.range('a', 'f')).and(CharacterSet.range('A', 'F'))));

    private final Cursor in;

    /** @param in at the opening bracket */
    ClassReader(Cursor in) {
        this.in = in;
    }

    CharacterSet read() {
        in.skip(1);
        boolean negated = in.take("^");
        CharacterSet all = CharacterSet.NONE;
        boolean first = true;
        while (first || !in.isAt(']')) { // in front a closing bracket is a letter
            if (!in.hasNext()) {
                throw in.fault("'[' is never closed");
            }
            Matcher posix = in.looksAt(POSIX);
            all = all.and(posix == null ? letters() : posix(posix));
            first = false;
        }
        in.skip(1);
        return negated ? all.negated() : all;
    }

    private CharacterSet posix(Matcher posix) {
        CharacterSet named = POSIX_CLASSES.get(posix.group(2));
        if (named == null) {
            throw in.fault("there is no class " + posix.group());
        }
        in.skip(posix.group().length());
        return posix.group(1).isEmpty() ? named : named.negated();
    }

    /** A letter, a range, or a class of an escape. */
    private CharacterSet letters() {
        CharacterSet first = one();
        if (!in.isAt('-') || in.startsWith("-]")) {
            return first;
        }
        in.skip(1);
        if (!in.hasNext()) {
            throw in.fault("'[' is never closed");
        }
        return range(only(first), only(one()));
    }

    private CharacterSet one() {
        return in.isAt('\\') ? in.escaped() : CharacterSet.of(in.next());
    }

    private int only(CharacterSet set) {
        int codePoint = set.only();
        if (codePoint < 0) {
            throw in.fault("a range wants letters at its ends");
        }
        return codePoint;
    }

    private CharacterSet range(int first, int last) {
        if (last < first) {
            throw in.fault("a range wants its first letter before its last");
        }
        return CharacterSet.range(first, last);
    }
}
