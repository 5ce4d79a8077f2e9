package dev.waypost.kubernetes.zone;

import dev.waypost.RecordSet;
import dev.waypost.zone.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * The RRsets of one owner as a transfer tells them: found by asking for them, so that a transferred zone and a question never
 * disagree.
 */
public final class OwnerSets {
    private OwnerSets() {}

    /** What a zone holds for an owner and a type. */
    @FunctionalInterface
    public interface Question {
        /** Finds it. */
        Finding find(Name owner, int type);
    }

    /** The sets of these types; none where the name would be too long. An alias stands alone (RFC 1034 section 3.6.2). */
    public static Stream<RecordSet> of(Optional<Name> owner, Question question, int... types) {
        return owner.map(name -> at(name, question, types)).orElse(List.of()).stream();
    }

    private static List<RecordSet> at(Name owner, Question question, int... types) {
        List<RecordSet> sets = new ArrayList<>(types.length);
        for (int type : types) {
            Finding finding = question.find(owner, type);
            if (finding instanceof Finding.Alias alias) {
                return List.of(alias.set());
            }
            if (finding instanceof Finding.Found found) {
                sets.add(found.set());
            }
        }
        return sets;
    }
}
