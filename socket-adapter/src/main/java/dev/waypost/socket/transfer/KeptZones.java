package dev.waypost.socket.transfer;

import dev.waypost.zone.StaticZone;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What was transferred, from reload to reload of one host: a new configuration goes on with the copies that the old one
 * has from the same primaries. A copy that nobody uses is let go of. Safe for any number of threads.
 */
final class KeptZones {
    private final Map<From, Place> places = new HashMap<>();

    /** The place of a copy, until {@link #release} is called as often. */
    synchronized Place use(From from) {
        Place place = places.computeIfAbsent(from, any -> new Place());
        place.users++;
        return place;
    }

    synchronized void release(From from) {
        Place place = places.get(from);
        if (place != null && --place.users == 0) {
            places.remove(from);
        }
    }

    /**
     * Where a copy comes from.
     *
     * @param key name of the key that it is signed with; empty without one
     */
    record From(Name zone, List<InetSocketAddress> primaries, Optional<Name> key) {
        From {
            primaries = List.copyOf(primaries);
        }
    }

    /**
     * A copy.
     *
     * @param refreshedNanos {@link System#nanoTime} of the last time that a primary was heard of
     */
    record Kept(StaticZone zone, long refreshedNanos) {}

    /** Where the last copy is. */
    static final class Place {
        private int users;
        private volatile @Nullable Kept kept;

        Optional<Kept> kept() {
            return Optional.ofNullable(kept);
        }

        void keep(Kept copy) {
            kept = copy;
        }

        void clear() {
            kept = null;
        }
    }
}
