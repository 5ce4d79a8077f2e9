package dev.waypost.zone;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;

/** SKELETON: written by the zone plane's author. */
public final class AuthoritativeResolver implements Resolver {
    /**
     * @param source the zone
     * @param fallthrough where a missing name is handed on
     * @param aliases asked for alias targets outside this zone: the whole engine
     */
    public AuthoritativeResolver(RecordSource source, FallthroughZones fallthrough, Resolver aliases) {
        throw new UnsupportedOperationException(source + " " + fallthrough + " " + aliases);
    }

    @Override
    public Resolution resolve(Query query) {
        throw new UnsupportedOperationException();
    }
}
