package dev.waypost.layer.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression for texts that clients choose.
 *
 * <p>The JDK's own expressions go back and try again, and some do so for ever: {@code (.*)-(.*)-(.*)x} takes seconds for
 * a long name of dashes. This one takes time in proportion to the text, whatever the expression. Its syntax is Go's, as
 * Corefiles have it: RE2's without Unicode properties, look-around and references back. Immutable, and safe for any
 * number of threads.
 */
public final class LinearPattern {
    /** The longest expression that CoreDNS takes, letters. */
    public static final int MOST_LETTERS = 10_000;

    private static final Pattern REFERENCE = Pattern.compile("\\{(\\d{1,3})}");

    /**
     * What an expression found.
     *
     * @param groups the whole match and then the groups, empty where a group took no part
     * @param named the named groups
     */
    public record Match(List<String> groups, Map<String, String> named) {
        public Match {
            groups = List.copyOf(groups);
            named = Map.copyOf(named);
        }

        /** A text with {@code {0}}, {@code {1}}... replaced by the groups; what names no group stays. */
        public String expand(String template) {
            return REFERENCE.matcher(template).replaceAll(reference -> {
                int index = Integer.parseInt(reference.group(1));
                return Matcher.quoteReplacement(index < groups.size() ? groups.get(index) : reference.group());
            });
        }
    }

    private final String expression;
    private final Program program;
    private final int groups;
    private final Map<String, Integer> names;

    private LinearPattern(String expression) {
        ExpressionReader reader = new ExpressionReader(expression);
        Node whole = reader.read();
        this.expression = expression;
        this.groups = reader.groups();
        this.names = Map.copyOf(reader.names());
        this.program = new Program(whole, groups);
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException for one that cannot be read, or is longer than 10,000 letters or 5,000 steps
     */
    public static LinearPattern of(String expression) {
        if (expression.length() > MOST_LETTERS) {
            throw new IllegalArgumentException("a regular expression wants at most " + MOST_LETTERS + " letters");
        }
        return new LinearPattern(expression);
    }

    /** How many groups it has, the whole match not counted. */
    public int groupCount() {
        return groups;
    }

    /** The first place that matches, anywhere in a text. */
    public Optional<Match> find(String text) {
        int[] marks = new Machine(program, text).run();
        if (marks == null) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>(groups + 1);
        for (int i = 0; i <= groups; i++) {
            int end = marks[2 * i + 1];
            found.add(end < 0 ? "" : text.substring(marks[2 * i], end));
        }
        Map<String, String> named = new TreeMap<>();
        names.forEach((name, index) -> named.put(name, found.get(index)));
        return Optional.of(new Match(found, named));
    }

    @Override
    public String toString() {
        return expression;
    }
}
