package dev.waypost.socket;

import dev.waypost.ListenPoint;
import dev.waypost.engine.EnginePlan;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What some listen points do otherwise than the options of their server say. Attached to a plan, so that a reload may change
 * it; of several for one listen point the later ones change what the earlier ones left.
 *
 * <p>The caps on connections in all and the stop timeout are the server's alone, and how many sockets an address has is
 * settled when it is bound.
 */
public final class ListenerSettings {
    private final Supplier<List<ListenPoint>> points;
    private final UnaryOperator<ServerOptions> change;

    private ListenerSettings(Supplier<List<ListenPoint>> points, UnaryOperator<ServerOptions> change) {
        this.points = points;
        this.change = change;
    }

    /** A change for these listen points. */
    public static ListenerSettings at(List<ListenPoint> points, UnaryOperator<ServerOptions> change) {
        List<ListenPoint> known = List.copyOf(points);
        return new ListenerSettings(() -> known, change);
    }

    /**
     * A change for listen points that are still to be told.
     *
     * @param points asked once the plan is complete
     */
    public static ListenerSettings later(Supplier<List<ListenPoint>> points, UnaryOperator<ServerOptions> change) {
        return new ListenerSettings(points, change);
    }

    /** What holds for one listen point of a plan. */
    static ServerOptions of(EnginePlan plan, ListenPoint point, ServerOptions options) {
        ServerOptions changed = options;
        for (ListenerSettings settings : plan.attachments(ListenerSettings.class)) {
            if (settings.points.get().contains(point)) {
                changed = settings.change.apply(changed);
            }
        }
        return changed;
    }
}
