package dev.waypost.layer.rewrite;

import dev.waypost.layer.pattern.LinearPattern;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;

/** How a {@link NameRule} changes the names of a response. */
public sealed interface AnswerNames {
    /** Undoes what was done to the query, in owners and in the names that records hold. */
    record Auto() implements AnswerNames {}

    /**
     * Changes owners.
     *
     * @param to with {@code {1}}... for the groups
     */
    record Owners(LinearPattern from, String to) implements AnswerNames {
        UnaryOperator<Name> change() {
            return changing(new NameMatch.Regex(from), to);
        }
    }

    /**
     * Changes the names that CNAME, DNAME, SOA, SRV, MX, NAPTR, NS and PTR records hold.
     *
     * @param to with {@code {1}}... for the groups
     */
    record Values(LinearPattern from, String to) implements AnswerNames {
        UnaryOperator<Name> change() {
            return changing(new NameMatch.Regex(from), to);
        }
    }

    /** The change that a match and its replacement make; what would be no domain name stays. */
    static UnaryOperator<Name> changing(NameMatch match, String to) {
        return name ->
                match.replaced(NameText.of(name), to).flatMap(NameText::parse).orElse(name);
    }
}
