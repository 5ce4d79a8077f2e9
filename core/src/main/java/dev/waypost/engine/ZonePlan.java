package dev.waypost.engine;

import dev.waypost.ListenPoint;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.wire.Route;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * One zone of a plan and who answers it.
 *
 * @param origin names at or below it go to the resolver, unless a longer origin matches
 * @param listen where queries for it are taken; empty for every door
 * @param resolver layers and resolvers, already put over each other
 * @param observers see this zone's replies
 * @param notified answers when a primary says that the zone has changed (RFC 1996)
 * @param keys that queries may be signed with at the doors of this zone, whichever zone they ask for
 * @param view which queries it is for, where several plans serve the zone
 */
public record ZonePlan(
        Name origin,
        List<ListenPoint> listen,
        Resolver resolver,
        List<QueryObserver> observers,
        Resolver notified,
        TsigKeys keys,
        View view) {
    /** Hears of no change. */
    public static final Resolver NOT_NOTIFIED = Route.NOT_NOTIFIED;

    public ZonePlan {
        listen = List.copyOf(listen);
        observers = List.copyOf(observers);
    }

    /** A zone that is nobody's copy, without keys. */
    public ZonePlan(Name origin, List<ListenPoint> listen, Resolver resolver, List<QueryObserver> observers) {
        this(origin, listen, resolver, observers, NOT_NOTIFIED, TsigKeys.NONE, View.EVERY);
    }
}
