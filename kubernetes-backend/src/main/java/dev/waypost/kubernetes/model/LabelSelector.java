package dev.waypost.kubernetes.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which objects are meant, by their labels: Kubernetes' own selector notation.
 *
 * <pre>
 *   app=web   app==web   app!=web   tier in (front, back)   tier notin (test)   canary   !canary
 * </pre>
 *
 * Requirements are joined by commas, and all of them must hold. Immutable.
 */
public final class LabelSelector {
    /** Every object. */
    public static final LabelSelector ALL = new LabelSelector("", List.of());

    private final String text;
    private final List<Requirement> requirements;

    private LabelSelector(String text, List<Requirement> requirements) {
        this.text = text;
        this.requirements = List.copyOf(requirements);
    }

    /** What one label must be. */
    sealed interface Requirement {
        boolean holds(Map<String, String> labels);
    }

    /** {@code key=a}, {@code key in (a, b)}. */
    record OneOf(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return value != null && values.contains(value);
        }
    }

    /** {@code key!=a}, {@code key notin (a, b)}: what has no such label is meant too, as the API server has it. */
    record NoneOf(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return value == null || !values.contains(value);
        }
    }

    /** {@code key}, {@code !key}. */
    record There(String key, boolean wanted) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            return labels.containsKey(key) == wanted;
        }
    }

    /** A text that is no selector. */
    public static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Fault(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        /** Index in the text of what was found instead. */
        public int offset() {
            return offset;
        }
    }

    /**
     * Reads a selector.
     *
     * @return what it means; a blank text means every object
     * @throws Fault where it is none; the message says what was wanted and what was found
     */
    public static LabelSelector parse(String text) throws Fault {
        return text.isBlank() ? ALL : new LabelSelector(text.strip(), new SelectorReader(text).requirements());
    }

    /** Whether an object of these labels is meant. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(each -> each.holds(labels));
    }

    /** The selector as it was written, and as the API server reads it; empty for every object. */
    @Override
    public String toString() {
        return text;
    }
}
