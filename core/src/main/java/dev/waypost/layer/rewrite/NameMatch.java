package dev.waypost.layer.rewrite;

import dev.waypost.layer.pattern.LinearPattern;
import java.util.Optional;

/**
 * Which names a rule is for, and how it replaces what it looks at. Names are texts here: lower case, with the final dot;
 * what is given to a match is compared as it is, so it must be lower case too.
 */
public sealed interface NameMatch {
    /** The name with what matches replaced; empty where nothing does. */
    Optional<String> replaced(String name, String replacement);

    /** Whether the rule is for a name. */
    default boolean fits(String name) {
        return replaced(name, "").isPresent();
    }

    /**
     * The whole name.
     *
     * @param name with the final dot
     */
    record Exact(String name) implements NameMatch {
        @Override
        public Optional<String> replaced(String other, String replacement) {
            return other.equals(name) ? Optional.of(replacement) : Optional.empty();
        }
    }

    /** What the name begins with. */
    record Prefix(String prefix) implements NameMatch {
        @Override
        public Optional<String> replaced(String name, String replacement) {
            return name.startsWith(prefix)
                    ? Optional.of(replacement + name.substring(prefix.length()))
                    : Optional.empty();
        }
    }

    /**
     * What the name ends with.
     *
     * @param suffix with the final dot; a dot in front keeps it to whole labels
     */
    record Suffix(String suffix) implements NameMatch {
        @Override
        public Optional<String> replaced(String name, String replacement) {
            int begin = name.length() - suffix.length();
            // A dot behind a backslash is a letter of a label, not its end.
            boolean escaped = begin > 0 && name.charAt(begin - 1) == '\\';
            return name.endsWith(suffix) && !escaped
                    ? Optional.of(name.substring(0, begin) + replacement)
                    : Optional.empty();
        }
    }

    /** A part of the name, wherever it stands, and as often as it does. */
    record Substring(String part) implements NameMatch {
        @Override
        public Optional<String> replaced(String name, String replacement) {
            return name.contains(part) ? Optional.of(name.replace(part, replacement)) : Optional.empty();
        }
    }

    /** The whole name where an expression matches a part of it; {@code {1}} in the replacement is its first group. */
    record Regex(LinearPattern pattern) implements NameMatch {
        @Override
        public Optional<String> replaced(String name, String replacement) {
            return pattern.find(name).map(match -> match.expand(replacement));
        }
    }
}
