package dev.waypost.benchmarks;

import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import org.xbill.DNS.Name;

/** The same route whatever is asked. */
record OneRoute(Route dropped) implements Routes {
    @Override
    public Route route(Name qname, int qtype) {
        return dropped;
    }
}
