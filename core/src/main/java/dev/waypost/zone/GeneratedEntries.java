package dev.waypost.zone;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entries that differ by a number: {@code $GENERATE START-STOP[/STEP] OWNER [TTL] [CLASS] TYPE RDATA}, as BIND has it.
 *
 * <p>In the words behind the range {@code $} stands for the number, <code>${OFFSET[,WIDTH[,BASE]]}</code> for one moved by
 * the offset and padded with zeros, in base {@code d}, {@code o}, {@code x} or {@code X}, or as nibbles for reverse names in
 * {@code n} or {@code N}; {@code $$} and {@code \$} for the sign itself.
 */
final class GeneratedEntries {
    /** Entries of one directive, at most. */
    static final int MOST = 65_536;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,10})-(\\d{1,10})(?:/(\\d{1,10}))?");
    private static final Pattern MARK =
            Pattern.compile("\\\\.|\\$\\$|\\$\\{(?:(-?\\d{1,9})(?:,(\\d{1,3})(?:,([doxXnN]))?)?\\})?|\\$");
    private static final int OFFSET = 1;
    private static final int WIDTH = 2;
    private static final int BASE = 3;
    private static final int MOST_WIDTH = 255;

    private final List<ZoneFileWord> template;
    private final long start;
    private final long stop;
    private final long step;

    /**
     * @throws dev.waypost.ConfigurationException for a range that is none, or of more than {@link #MOST} numbers
     */
    GeneratedEntries(ZoneFileEntry directive) {
        List<ZoneFileWord> words = directive.words();
        if (words.size() < 4) {
            throw words.get(words.size() - 1)
                    .fault("$GENERATE wants a range, an owner, a type and RDATA, found no more");
        }
        ZoneFileWord range = words.get(1);
        Matcher parts = RANGE.matcher(range.text());
        if (!parts.matches()) {
            throw range.fault("$GENERATE wants a range as 1-9 or 1-9/2, found \"" + range.text() + "\"");
        }
        this.template = words.subList(2, words.size());
        this.start = Long.parseLong(parts.group(1));
        this.stop = Long.parseLong(parts.group(2));
        this.step = parts.group(3) == null ? 1 : Long.parseLong(parts.group(3));
        if (step == 0 || start > stop || stop > Integer.MAX_VALUE) {
            throw range.fault("$GENERATE wants a range upwards, 0..2147483647 by steps of 1 or more, found \""
                    + range.text() + "\"");
        }
        if ((stop - start) / step >= MOST) {
            throw range.fault("$GENERATE wants at most " + MOST + " numbers, found \"" + range.text() + "\"");
        }
    }

    int count() {
        return (int) ((stop - start) / step) + 1;
    }

    /** One of the entries, 0..count-1. */
    ZoneFileEntry entry(int index) {
        long number = start + index * step;
        return new ZoneFileEntry(
                template.stream().map(word -> numbered(word, number)).toList(), false);
    }

    private static ZoneFileWord numbered(ZoneFileWord word, long number) {
        Matcher mark = MARK.matcher(word.text());
        StringBuilder text = new StringBuilder();
        while (mark.find()) {
            mark.appendReplacement(text, Matcher.quoteReplacement(replacement(mark, word, number)));
        }
        return word.withText(mark.appendTail(text).toString());
    }

    private static String replacement(Matcher mark, ZoneFileWord word, long number) {
        if (mark.group().startsWith("\\")) {
            return mark.group();
        }
        if (mark.group().equals("$$")) {
            return "$";
        }
        if (mark.group().equals("${")) {
            throw word.fault(
                    "'${' wants an offset, a width, a base d, o, x, X, n or N, and '}', found \"" + word.text() + "\"");
        }
        long moved = mark.group(OFFSET) == null ? number : number + Long.parseLong(mark.group(OFFSET));
        int width = mark.group(WIDTH) == null ? 0 : Integer.parseInt(mark.group(WIDTH));
        String base = mark.group(BASE) == null ? "d" : mark.group(BASE);
        if (width > MOST_WIDTH || moved < 0 && !base.equals("d")) {
            throw word.fault("'${' wants a width of at most " + MOST_WIDTH
                    + " and a number that is not negative, found \"" + mark.group() + "\" for " + number);
        }
        return switch (base) {
            case "n" -> nibbles(moved, width);
            case "N" -> nibbles(moved, width).toUpperCase(Locale.ROOT);
            default -> String.format(Locale.ROOT, "%" + (width == 0 ? "" : "0" + width) + base, moved);
        };
    }

    /** Hexadecimal digits from the lowest on, dots between them; the width counts both. */
    private static String nibbles(long number, int width) {
        StringBuilder text = new StringBuilder();
        long rest = number;
        do {
            text.append(Long.toHexString(rest & 0xF));
            rest >>>= 4;
            if (rest > 0 || text.length() < width) {
                text.append('.');
            }
        } while (rest > 0 || text.length() < width);
        return text.toString();
    }
}
