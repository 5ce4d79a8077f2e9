package dev.waypost.engine;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.zone.Witness;
import dev.waypost.zone.ZoneTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Zones that come and go while questions are answered: the nearest one of a name answers, and behind it those above.
 *
 * <p>Zones come in parts, each swapped for its successor in one step. With it all that was said ends, as another zone may
 * be the nearest one now. Safe for any number of threads; answering never waits.
 */
public final class ZoneSet implements Resolver {
    private final Map<Object, Map<Name, Resolver>> parts = new LinkedHashMap<>();
    private volatile Table table = new Table(Map.of());

    /** A set without zones: everything falls through. */
    public ZoneSet() {}

    /**
     * Puts zones in the place of those that the same part had.
     *
     * @param part whose zones they are; told apart with {@code equals}. Of parts with one origin the first that was put
     *     answers, and on fallthrough the next
     * @param zones origin to resolver; none take the part away
     */
    public synchronized void put(Object part, Map<Name, ? extends Resolver> zones) {
        parts.put(part, Map.copyOf(zones));
        Map<Name, Resolver> all = new LinkedHashMap<>();
        parts.values()
                .forEach(each -> each.forEach((origin, resolver) -> all.merge(origin, resolver, ZoneSet::behind)));
        Table last = table;
        table = new Table(all);
        last.witness.breakNow(); // after the new zones can be seen
    }

    private static Resolver behind(Resolver first, Resolver second) {
        return query -> first.resolve(query).orElse(() -> second.resolve(query));
    }

    @Override
    public Resolution resolve(Query query) {
        Table present = table;
        Resolver nearest = present.nearest(query);
        // whatever is said, or left to others, holds no longer than the table does
        return new Fallthrough(present.witness)
                .orElse(() -> nearest == null ? Fallthrough.FALLTHROUGH : nearest.resolve(query));
    }

    private static final class Table {
        private final Witness witness = new Witness();
        private final ZoneTable<Resolver> zones;

        Table(Map<Name, Resolver> zones) {
            this.zones = new ZoneTable<>(ZoneRouter.chained(zones));
        }

        @Nullable
        Resolver nearest(Query query) {
            return zones.nearest(query.qname(), query.qtype());
        }
    }
}
