package dev.waypost.layer.pattern;

import dev.waypost.layer.pattern.Node.At;
import dev.waypost.layer.pattern.Node.Choice;
import dev.waypost.layer.pattern.Node.Group;
import dev.waypost.layer.pattern.Node.One;
import dev.waypost.layer.pattern.Node.Place;
import dev.waypost.layer.pattern.Node.Repeat;
import dev.waypost.layer.pattern.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an expression in Go's syntax (RE2's, without Unicode properties). */
final class ExpressionReader {
    private static final int MAX_DEPTH = 200;
    /** The most that RE2 repeats. */
    private static final int MAX_REPEAT = 1000;

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)(,(\\d+)?)?}");
    private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P?<([A-Za-z_]\\w*)>");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?([imsU]*)(?:-([imsU]+))?([:)])");

    /** The flags in force: letters of {@code imsU}. */
    private record Flags(boolean anyCase, boolean lines, boolean dotTakesNewline, boolean ungreedy) {
        static final Flags NONE = new Flags(false, false, false, false);

        Flags with(String letters, boolean value) {
            return new Flags(
                    letters.indexOf('i') >= 0 ? value : anyCase,
                    letters.indexOf('m') >= 0 ? value : lines,
                    letters.indexOf('s') >= 0 ? value : dotTakesNewline,
                    letters.indexOf('U') >= 0 ? value : ungreedy);
        }
    }

    private final Cursor in;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private Flags flags = Flags.NONE;
    private int groups;
    private int depth;

    ExpressionReader(String expression) {
        this.in = new Cursor(expression);
    }

    /**
     * The whole expression.
     *
     * @throws IllegalArgumentException for one that cannot be read
     */
    Node read() {
        Node whole = choice();
        if (in.hasNext()) {
            throw in.fault("found ')' without a '(' that it could close");
        }
        return whole;
    }

    /** How many groups were read. */
    int groups() {
        return groups;
    }

    /** The named groups and their numbers. */
    Map<String, Integer> names() {
        return names;
    }

    private Node choice() {
        if (++depth > MAX_DEPTH) {
            throw in.fault("groups are nested more than " + MAX_DEPTH + " deep");
        }
        Flags outside = flags;
        List<Node> choices = new ArrayList<>();
        do {
            choices.add(sequence());
        } while (in.take("|"));
        flags = outside; // flags set in a group end with it
        depth--;
        return choices.size() == 1 ? choices.get(0) : new Choice(choices);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (in.hasNext() && !in.isAt('|') && !in.isAt(')')) {
            if (in.startsWith("\\Q")) {
                in.quoted().codePoints().forEach(letter -> parts.add(letter(letter)));
            } else {
                parts.add(repeated(atom()));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private Node repeated(Node part) {
        Repeat bounds = bounds(part);
        if (bounds == null) {
            return part;
        }
        Node repeated = in.take("?") ? lazy(bounds) : bounds;
        if (in.isAt('*') || in.isAt('+') || in.isAt('?') || in.looksAt(REPETITION) != null) {
            throw in.fault("one repetition stands behind another");
        }
        return repeated;
    }

    private static Repeat lazy(Repeat bounds) {
        return new Repeat(bounds.part(), bounds.least(), bounds.most(), !bounds.greedy());
    }

    private @Nullable Repeat bounds(Node part) {
        boolean greedy = !flags.ungreedy;
        if (in.take("*")) {
            return new Repeat(part, 0, Node.WITHOUT_END, greedy);
        }
        if (in.take("+")) {
            return new Repeat(part, 1, Node.WITHOUT_END, greedy);
        }
        if (in.take("?")) {
            return new Repeat(part, 0, 1, greedy);
        }
        Matcher counted = in.looksAt(REPETITION);
        if (counted == null) {
            return null;
        }
        int least = times(counted.group(1));
        String end = counted.group(3);
        int most = counted.group(2) == null ? least : end == null ? Node.WITHOUT_END : times(end);
        if (most != Node.WITHOUT_END && most < least) {
            throw in.fault("a repetition wants its numbers in order");
        }
        in.skip(counted.group().length());
        return new Repeat(part, least, most, greedy);
    }

    private int times(String digits) {
        int times = digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (times > MAX_REPEAT) {
            throw in.fault("a repetition wants numbers up to " + MAX_REPEAT);
        }
        return times;
    }

    private Node atom() {
        int c = in.peek();
        return switch (c) {
            case '(' -> group();
            case '[' -> one(new ClassReader(in).read());
            case '\\' -> escape();
            case '*', '+', '?' -> throw in.fault("a repetition wants something in front");
            default -> {
                in.next();
                yield plain(c);
            }
        };
    }

    private Node plain(int c) {
        return switch (c) {
            case '.' ->
                new One(
                        flags.dotTakesNewline
                                ? CharacterSet.ALL
                                : CharacterSet.of('\n').negated());
            case '^' -> new At(flags.lines ? Place.LINE_BEGIN : Place.TEXT_BEGIN);
            case '$' -> new At(flags.lines ? Place.LINE_END : Place.TEXT_END);
            default -> letter(c);
        };
    }

    private Node letter(int c) {
        return one(CharacterSet.of(c));
    }

    private Node one(CharacterSet set) {
        return new One(flags.anyCase ? set.withBothCases() : set);
    }

    private Node escape() {
        for (Map.Entry<String, Place> place : Map.of(
                        "\\A", Place.TEXT_BEGIN,
                        "\\z", Place.TEXT_END,
                        "\\b", Place.WORD_EDGE,
                        "\\B", Place.NO_WORD_EDGE)
                .entrySet()) {
            if (in.take(place.getKey())) {
                return new At(place.getValue());
            }
        }
        return one(in.escaped());
    }

    private Node group() {
        Matcher named = in.looksAt(NAMED_GROUP);
        Matcher set = in.looksAt(FLAGS);
        if (named != null) {
            in.skip(named.group().length());
            if (names.put(named.group(1), groups + 1) != null) {
                throw in.fault("two groups are named " + named.group(1));
            }
            return remembered();
        }
        if (set != null) {
            in.skip(set.group().length());
            return flagged(set);
        }
        if (in.startsWith("(?")) {
            throw in.fault("what stands behind '(?' is not understood");
        }
        in.next();
        return remembered();
    }

    private Node remembered() {
        int index = ++groups;
        return new Group(closed(choice()), index);
    }

    private Node flagged(Matcher set) {
        Flags outside = flags;
        String off = set.group(2);
        flags = flags.with(set.group(1), true).with(off == null ? "" : off, false);
        if (set.group(3).equals(")")) {
            return new Sequence(List.of()); // for the rest of the group around it
        }
        Node inside = closed(choice());
        flags = outside;
        return inside;
    }

    private Node closed(Node inside) {
        if (!in.take(")")) {
            throw in.fault("'(' is never closed");
        }
        return inside;
    }
}
