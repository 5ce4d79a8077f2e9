package dev.waypost.lookup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The names that are asked for a text: those of the search list that the resolver holds, in its order, and of those that
 * only somebody else can know just one. So a look-up costs one name outside at most, and names of the cluster do not leak.
 */
final class Names {
    private final SearchList search;
    private final ZoneView zones;

    Names(SearchList search, ZoneView zones) {
        this.search = search;
        this.zones = zones;
    }

    ZoneView zones() {
        return zones;
    }

    /** @throws IllegalArgumentException where the text is not a domain name */
    List<Name> of(String text) {
        List<Name> candidates = search.candidates(text);
        Name outside = outside(text, candidates);
        List<Name> asked = new ArrayList<>(candidates.size());
        for (Name candidate : candidates) {
            if (zones.holds(candidate) && (candidate == outside || !zones.leavesTheProcess(candidate))) {
                asked.add(candidate);
            }
        }
        return asked;
    }

    /** A name with a dot is asked for outside as it stands, one without a dot in the first domain that is outside. */
    private @Nullable Name outside(String text, List<Name> candidates) {
        boolean dotted = text.indexOf('.') >= 0;
        int labels = ofLiteral(text).labels();
        Name outside = null;
        for (Name candidate : candidates) {
            boolean asItStands = candidate.labels() == labels;
            if (zones.leavesTheProcess(candidate) && (outside == null || dotted && asItStands)) {
                outside = candidate;
            }
        }
        return outside;
    }

    /** A text as an absolute name, without a search list. */
    static Name ofLiteral(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException unusable) {
            throw new IllegalArgumentException(
                    "a domain name is wanted, found \"" + text + "\": " + unusable.getMessage(), unusable);
        }
    }
}
