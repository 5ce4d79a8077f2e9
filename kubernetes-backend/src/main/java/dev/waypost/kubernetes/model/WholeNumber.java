package dev.waypost.kubernetes.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers of any size; what no {@code long} holds is the nearest one, so that who bounds it sees it beyond. */
public final class WholeNumber {
    private static final int MOST_DIGITS = 32;
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private WholeNumber() {}

    /** The number that a decimal text means, or null where it is not whole or no number. */
    public static @Nullable Long read(String text) {
        if (text.length() > MOST_DIGITS && isDigits(text, 1)) {
            return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        if (text.length() > MOST_DIGITS) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            boolean whole = value.stripTrailingZeros().scale() <= 0;
            return whole ? (Long) value.max(LEAST).min(MOST).longValueExact() : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /** Whether a text has decimal digits only, from an index on. */
    static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
