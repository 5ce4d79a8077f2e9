package dev.waypost.kubernetes.autopath;

import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;

/**
 * Walks a client's search list for a name that the client completed with its first element.
 *
 * <p>The name itself is asked first, whoever asks: the list matters only where it does not exist. So a name that exists
 * is answered, and replayed, as without this layer, and only what depends on the client is never said again.
 */
final class AutopathLayer implements Layer {
    private final List<Name> zones;
    private final SearchPaths paths;
    private final Runnable found;

    /**
     * @param zones the zones it acts in
     * @param found told of every query that a later name of the list answers
     */
    AutopathLayer(List<Name> zones, SearchPaths paths, Runnable found) {
        this.zones = List.copyOf(zones);
        this.paths = paths;
        this.found = found;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> {
            Resolution first = next.resolve(query);
            return isCompleted(query) ? then(first, reply -> behind(query, reply, next)) : first;
        };
    }

    private boolean isCompleted(Query query) {
        // What an alias leads to is an absolute name: no search list completed it.
        return query.followed().isEmpty()
                && zones.stream().anyMatch(zone -> query.qname().subdomain(zone))
                && paths.mayComplete(query.qname());
    }

    private Resolution behind(Query query, Resolution first, Resolver next) {
        if (Verdict.of(first) != Verdict.MISSING) {
            return first;
        }
        List<Name> path = paths.of(query);
        List<Name> names = path.isEmpty() ? List.of() : SearchPaths.namesBehindTheFirst(query.qname(), path);
        return new SearchWalk(query, next, first, names, found).from(0, Tried.of(first, paths.freshness()));
    }

    /** The next step, now or when the reply arrives. */
    static Resolution then(Resolution reply, UnaryOperator<Resolution> step) {
        return reply instanceof Pending later ? Pending.on(later.settled().thenApply(step)) : step.apply(reply);
    }
}
