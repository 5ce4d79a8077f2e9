package dev.waypost.engine;

import dev.waypost.Query;
import java.util.function.Predicate;

/**
 * Which queries a zone plan is for, where several plans serve one zone at one door: the first whose condition holds
 * answers, those without a condition last.
 *
 * @param name for people; empty without a condition
 * @param condition must be quick, and for one client's question always say the same
 * @param lasting whether the condition looks at nothing but the question and the client: an answer may then be repeated
 *     to clients for whom it says the same, else to nobody
 */
public record View(String name, Predicate<Query> condition, boolean lasting) {
    /** For every query. */
    public static final View EVERY = new View("", query -> true, true);

    /** Whether there is a condition. */
    public boolean isConditional() {
        return this != EVERY;
    }

    /** For queries that both are for; the first's name. */
    public View and(View other) {
        return isConditional() ? new View(name, condition.and(other.condition), lasting && other.lasting) : other;
    }
}
