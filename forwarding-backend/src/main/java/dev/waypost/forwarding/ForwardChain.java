package dev.waypost.forwarding;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.ArrayList;
import java.util.List;

/** The forwarders of one server block, in their order: what one of them hands on, those behind it take. */
final class ForwardChain {
    private final List<Resolver> links = new ArrayList<>();

    /** Adds a forwarder behind the others. */
    void add(Resolver forwarder) {
        links.add(forwarder);
    }

    /** Those that will stand behind the next one to be added; usable when all are there. */
    Resolver behindNext() {
        int first = links.size() + 1;
        return query -> resolve(query, first);
    }

    private Resolution resolve(Query query, int from) {
        return from >= links.size()
                ? Fallthrough.FALLTHROUGH
                : links.get(from).resolve(query).orElse(() -> resolve(query, from + 1));
    }
}
