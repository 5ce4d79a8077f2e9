package dev.waypost.engine;

import dev.waypost.Ticker;
import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import dev.waypost.wire.WireResponder;
import org.xbill.DNS.Name;

/** A listener's way into whichever plan answers now. */
final class WireDoor implements Routes {
    private final WireResponder responder;
    private volatile Routes routes;

    WireDoor(Routes routes, int imageSlots, Ticker ticker) {
        this.routes = routes;
        this.responder = new WireResponder(this, imageSlots, ticker);
    }

    WireResponder responder() {
        return responder;
    }

    /** Leads to another plan; images of the old one are dropped after it, so that none outlives its plan. */
    void leadTo(Routes next) {
        routes = next;
        responder.forget();
    }

    @Override
    public Route route(Name qname, int qtype) {
        return routes.route(qname, qtype);
    }

    @Override
    public Route dropped() {
        return routes.dropped();
    }
}
