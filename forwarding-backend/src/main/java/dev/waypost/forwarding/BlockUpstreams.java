package dev.waypost.forwarding;

import java.util.ArrayList;
import java.util.List;

/** The upstreams of a server block, a list for each {@code forward}: where the answers come from that its cache keeps. */
final class BlockUpstreams {
    private final List<List<UpstreamAddress>> rules = new ArrayList<>();

    void add(Forwarder forwarder) {
        rules.add(forwarder.upstreams());
    }

    List<List<UpstreamAddress>> rules() {
        return List.copyOf(rules);
    }
}
