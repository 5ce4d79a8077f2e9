package dev.waypost.zone;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Finds the nearest zone of a name: the longest origin that is a suffix of it, by labels. Immutable.
 *
 * @param <T> what a zone leads to
 */
public final class ZoneTable<T> {
    private final Map<Name, T> zones;
    private final int mostLabels;

    /**
     * A table.
     *
     * @param zones origin to what it leads to
     */
    public ZoneTable(Map<Name, ? extends T> zones) {
        this.zones = new LinkedHashMap<>(zones);
        this.mostLabels = zones.keySet().stream().mapToInt(Name::labels).max().orElse(0);
    }

    /**
     * What the nearest zone leads to.
     *
     * @param qtype type code; DS belongs to the parent's side of a cut
     * @return null where no zone holds the name
     */
    public @Nullable T nearest(Name qname, int qtype) {
        T nearest = from(qname, 0);
        // DS belongs to the parent's side of the cut: RFC 4035 section 3.1.4.1.
        if (qtype == Type.DS && zones.containsKey(qname)) {
            T above = from(qname, 1);
            return above != null ? above : nearest;
        }
        return nearest;
    }

    /** What the nearest zone strictly above an origin leads to; null without one. */
    public @Nullable T above(Name origin) {
        return from(origin, 1);
    }

    private @Nullable T from(Name qname, int least) {
        int labels = qname.labels();
        for (int skip = Math.max(least, labels - mostLabels); skip < labels; skip++) {
            T found = zones.get(skip == 0 ? qname : new Name(qname, skip));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
