package dev.waypost.layer.pattern;

import java.util.Arrays;

/** A set of code points: sorted ranges, both ends in them. Immutable. */
final class CharacterSet {
    static final CharacterSet NONE = new CharacterSet(new int[0]);
    static final CharacterSet ALL = NONE.negated();
    static final CharacterSet DIGIT = range('0', '9');
    static final CharacterSet LOWER = range('a', 'z');
    static final CharacterSet UPPER = range('A', 'Z');
    static final CharacterSet WORD = DIGIT.and(LOWER).and(UPPER).and(of('_'));
    /** What Go's {@code \s} is: no vertical tab. */
    static final CharacterSet SPACE = range('\t', '\n').and(range('\f', '\r')).and(of(' '));

    private static final int CASE_STEP = 'a' - 'A';

    /** First and last of each range in turn, ascending. */
    private final int[] bounds;

    private CharacterSet(int[] bounds) {
        this.bounds = bounds;
    }

    static CharacterSet of(int codePoint) {
        return range(codePoint, codePoint);
    }

    static CharacterSet range(int first, int last) {
        return new CharacterSet(new int[] {first, last});
    }

    boolean has(int codePoint) {
        int found = Arrays.binarySearch(bounds, codePoint);
        return found >= 0 || (-found - 1) % 2 == 1; // at a bound, or behind the first one of a range
    }

    /** The one code point of a set that has no other; negative for other sets. */
    int only() {
        return bounds.length == 2 && bounds[0] == bounds[1] ? bounds[0] : -1;
    }

    /** What is in this set or in the other. */
    CharacterSet and(CharacterSet other) {
        int[][] ranges = new int[(bounds.length + other.bounds.length) / 2][];
        for (int i = 0; i < ranges.length; i++) {
            int[] from = 2 * i < bounds.length ? bounds : other.bounds;
            int at = 2 * i < bounds.length ? 2 * i : 2 * i - bounds.length;
            ranges[i] = new int[] {from[at], from[at + 1]};
        }
        Arrays.sort(ranges, (one, two) -> Integer.compare(one[0], two[0]));
        int[] joined = new int[2 * ranges.length];
        int count = 0;
        for (int[] range : ranges) {
            if (count > 0 && range[0] <= joined[count - 1] + 1) {
                joined[count - 1] = Math.max(joined[count - 1], range[1]);
            } else {
                joined[count++] = range[0];
                joined[count++] = range[1];
            }
        }
        return new CharacterSet(Arrays.copyOf(joined, count));
    }

    CharacterSet negated() {
        int[] gaps = new int[bounds.length + 2];
        int count = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                gaps[count++] = next;
                gaps[count++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps[count++] = next;
            gaps[count++] = Character.MAX_CODE_POINT;
        }
        return new CharacterSet(Arrays.copyOf(gaps, count));
    }

    /** The set with the other case of its ASCII letters: domain names have no others. */
    CharacterSet withBothCases() {
        CharacterSet both = this;
        for (int small = 'a'; small <= 'z'; small++) {
            int capital = small - CASE_STEP;
            if (has(small) != has(capital)) {
                both = both.and(of(small)).and(of(capital));
            }
        }
        return both;
    }
}
