package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * One word of a Corefile and where it stands.
 *
 * @param text the word, quotes taken off and variables put in
 * @param source the file, as it was named
 * @param line line, counted from 1
 * @param column column of its first character, counted from 1
 */
public record Token(String text, String source, int line, int column) {
    private static final int LONGEST_DURATION = 64;
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /** Where it stands: {@code Corefile:4:11}. */
    public String place() {
        return source + ":" + line + ":" + column;
    }

    /** The rest of the word from an index on, in its own place. */
    Token from(int index) {
        return part(index, text.length());
    }

    /** A part of the word, in its own place. */
    Token part(int from, int to) {
        return new Token(text.substring(from, to), source, line, column + from);
    }

    /** A fault at this token. */
    public ConfigurationException fault(String message) {
        return ConfigurationException.at(source, line, column, message);
    }

    /** The fault that something else was wanted here. */
    public ConfigurationException unexpected(String what, String wanted) {
        return fault("'" + what + "' wants " + wanted + ", found \"" + text + "\"");
    }

    /** A whole number within bounds. */
    public int number(String what, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // said below, with the bounds
        }
        throw unexpected(what, "a number " + least + ".." + most);
    }

    /** A duration as Go writes it: {@code 5s}, {@code 1m30s}, {@code 0.5s}. */
    public Duration duration(String what) {
        if (text.length() > LONGEST_DURATION) {
            throw unexpected(what, "a duration as 5s or 1m30s");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        Matcher part = DURATION_PART.matcher(text);
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(UNIT_NANOS.getOrDefault(part.group(2), 0L))));
            end = part.end();
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (end == 0 || end != text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw unexpected(what, "a duration as 5s or 1m30s");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** A domain name, made absolute. */
    public Name name(String what) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException unreadable) {
            throw unexpected(what, "a domain name (" + unreadable.getMessage() + ")");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
