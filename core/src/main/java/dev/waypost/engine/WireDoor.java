package dev.waypost.engine;

import dev.waypost.ListenPoint;
import dev.waypost.Query;
import dev.waypost.Ticker;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import dev.waypost.wire.WireResponder;
import org.xbill.DNS.Name;

/** A listener's way into whichever plan answers now. */
final class WireDoor implements Routes {
    private final ListenPoint point;
    private final WireResponder responder;
    private volatile RunningPlan plan;
    private volatile Routes routes;

    WireDoor(ListenPoint point, RunningPlan plan, int imageSlots, Ticker ticker) {
        this.point = point;
        this.plan = plan;
        this.routes = plan.listening(point);
        this.responder = new WireResponder(this, imageSlots, ticker);
    }

    WireResponder responder() {
        return responder;
    }

    /** Leads to another plan; images of the old one are dropped after it, so that none outlives its plan. */
    void leadTo(RunningPlan next) {
        plan = next;
        routes = next.listening(point);
        responder.forget();
    }

    ListenPoint point() {
        return point;
    }

    boolean leadsTo(RunningPlan other) {
        return plan == other;
    }

    @Override
    public Route route(Query query) {
        return routes.route(query);
    }

    @Override
    public Route route(Name qname, int qtype) {
        return routes.route(qname, qtype);
    }

    @Override
    public TsigKeys keys() {
        return routes.keys();
    }

    @Override
    public Route dropped() {
        return routes.dropped();
    }
}
