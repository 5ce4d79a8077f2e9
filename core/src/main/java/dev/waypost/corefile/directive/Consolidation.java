package dev.waypost.corefile.directive;

import dev.waypost.Ticker;
import dev.waypost.layer.pattern.LinearPattern;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/**
 * Errors that are said as one: those of which an expression matches the message are counted from the first one on, and
 * when the time is over one line tells how many there were (CoreDNS's {@code consolidate}).
 */
final class Consolidation {
    /**
     * What is consolidated, and how.
     *
     * @param period counted from the first error
     * @param showFirst whether the first error is said at once too, and nothing more where it stays alone
     */
    record Rule(Duration period, LinearPattern pattern, Level level, boolean showFirst) {}

    private final Rule rule;
    private final Ticker ticker;
    private long count;
    private long beganNanos;

    Consolidation(Rule rule, Ticker ticker) {
        this.rule = rule;
        this.ticker = ticker;
    }

    Level level() {
        return rule.level();
    }

    boolean fits(String message) {
        return rule.pattern().find(message).isPresent();
    }

    /** Counts an error. @return whether it is to be said by itself. */
    synchronized boolean count() {
        if (count++ == 0) {
            beganNanos = ticker.nanoTime();
            return rule.showFirst();
        }
        return false;
    }

    /** The line about a period that is over; empty while none is. */
    synchronized String summary() {
        if (count == 0 || ticker.nanoTime() - beganNanos < rule.period().toNanos()) {
            return "";
        }
        long seen = count;
        count = 0;
        return rule.showFirst() && seen == 1
                ? ""
                : seen + " errors like '" + rule.pattern() + "' occurred in last " + text(rule.period());
    }

    /** As Corefiles write it: {@code 5m}. */
    private static String text(Duration period) {
        return period.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
