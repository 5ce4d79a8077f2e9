package dev.waypost.forwarding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The upstreams of a forwarder, in the order of its settings: those at an address from the start, those at a host name when
 * it is found. Changed on the loop's thread; {@link #known} may be read by any.
 */
final class UpstreamGroup {
    private final UpstreamFactory factory;
    private final Map<UpstreamAddress, List<Upstream>> places = new LinkedHashMap<>();
    private volatile List<Upstream> known = List.of();

    UpstreamGroup(UpstreamFactory factory, List<UpstreamAddress> addresses) {
        this.factory = factory;
        addresses.forEach(each -> places.put(each, each.isNamed() ? List.of() : List.of(factory.upstream(each))));
        tell();
    }

    /** An upstream's host name was found to stand for these addresses. */
    void found(UpstreamAddress named, List<UpstreamAddress> addresses) {
        int room = ForwardDraft.MAX_UPSTREAMS - known.size();
        places.put(named, addresses.stream().limit(room).map(factory::upstream).toList());
        tell();
    }

    private void tell() {
        List<Upstream> all = new ArrayList<>();
        places.values().forEach(all::addAll);
        known = List.copyOf(all);
    }

    /** Those whose address is known. */
    List<Upstream> known() {
        return known;
    }

    void close() {
        known.forEach(Upstream::close);
    }
}
