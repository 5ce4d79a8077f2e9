package dev.waypost.socket;

import dev.waypost.ListenPoint;
import dev.waypost.engine.EnginePlan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What some listen points do otherwise than the options of their server say. Attached to a plan, which may change it at a
 * reload; of several for one listen point the later ones change what the earlier ones left.
 *
 * <p>The caps on connections in all and the stop timeout are the server's alone.
 *
 * @param points the listen points
 * @param change what is different there
 */
public record ListenerSettings(List<ListenPoint> points, UnaryOperator<ServerOptions> change) {
    public ListenerSettings {
        points = List.copyOf(points);
    }

    /** What holds for one listen point of a plan. */
    static ServerOptions of(EnginePlan plan, ListenPoint point, ServerOptions options) {
        ServerOptions changed = options;
        for (ListenerSettings settings : plan.attachments(ListenerSettings.class)) {
            if (settings.points().contains(point)) {
                changed = settings.change().apply(changed);
            }
        }
        return changed;
    }
}
