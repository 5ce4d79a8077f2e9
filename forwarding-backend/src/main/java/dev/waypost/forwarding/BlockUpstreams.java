package dev.waypost.forwarding;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.ArrayList;
import java.util.List;

/**
 * The forwarders of a server block, in their order: where the answers come from that its cache keeps, and who takes what one of
 * them hands on.
 */
final class BlockUpstreams {
    private final List<Forwarder> forwarders = new ArrayList<>();

    void add(Forwarder forwarder) {
        forwarders.add(forwarder);
    }

    /** The upstreams, a list for each forwarder. */
    List<List<UpstreamAddress>> rules() {
        return forwarders.stream().map(Forwarder::upstreams).toList();
    }

    /** Those that will stand behind the next forwarder to be added; usable when all are there. */
    Resolver behindNext() {
        int first = forwarders.size() + 1;
        return query -> resolve(query, first);
    }

    private Resolution resolve(Query query, int from) {
        return from >= forwarders.size()
                ? Fallthrough.FALLTHROUGH
                : forwarders.get(from).resolve(query).orElse(() -> resolve(query, from + 1));
    }
}
