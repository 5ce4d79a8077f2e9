package dev.waypost.kubernetes.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Reads the times that the API writes. */
final class ApiTime {
    private static final String FORM = "0000-00-00T00:00:00Z";
    private static final int DAY_SECONDS = 86_400;
    private static final long MILLIS = 1000;

    private ApiTime() {}

    /**
     * Unix milliseconds; {@link EndpointSlice#UNTOLD} for a text that is no time, as only a measurement hangs on it.
     *
     * <p>Whole seconds of UTC, which is what the API writes, are read here: the JDK's reader of any time allocates more than
     * the slice that carries it.
     */
    static long millis(String time) {
        if (!isWholeSeconds(time)) {
            return anyForm(time);
        }
        int year = number(time, 0, 4);
        int month = number(time, 5, 7);
        int day = number(time, 8, 10);
        int hour = number(time, 11, 13);
        int minute = number(time, 14, 16);
        int second = number(time, 17, 19);
        boolean plain = month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60;
        if (!plain) {
            return anyForm(time); // the end of a month, and what is no time
        }
        return (LocalDate.of(year, month, day).toEpochDay() * DAY_SECONDS + hour * 3600 + minute * 60 + second)
                * MILLIS;
    }

    private static boolean isWholeSeconds(String time) {
        if (time.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < time.length(); i++) {
            char wanted = FORM.charAt(i);
            char found = time.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String time, int begin, int end) {
        return Integer.parseInt(time, begin, end, 10);
    }

    private static long anyForm(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException noTime) {
            return EndpointSlice.UNTOLD;
        }
    }
}
