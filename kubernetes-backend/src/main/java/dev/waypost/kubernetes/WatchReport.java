package dev.waypost.kubernetes;

import dev.waypost.kubernetes.watch.WatchStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the watch of one resource stands, at one moment.
 *
 * @param resource the plural, e.g. {@code services}
 * @param namespace the one namespace it is watched in; empty for all
 * @param service the one service it is about; empty for all
 * @param synced whether its first list is complete
 * @param sinceLastList time since its last list was complete
 * @param sinceLastContact time since the API server was last heard, bookmarks included
 * @param sinceLastEvent time since the last change came
 * @param lost for how long the API server is out of reach; empty while it is not
 * @param lists how many lists were complete
 * @param watches how many watches were opened
 * @param objectsSkipped how many objects could not be used
 * @param partsLeftOut how many endpoints, ports and addresses of usable objects could not be used
 * @param lastSkipped the last of both and why; empty where all could
 * @param octetsRead how much was read
 * @param lastError the failure that still lasts; empty while none does
 * @param forbidden whether that failure is a refusal by RBAC
 */
public record WatchReport(
        String resource,
        String namespace,
        String service,
        boolean synced,
        Optional<Duration> sinceLastList,
        Optional<Duration> sinceLastContact,
        Optional<Duration> sinceLastEvent,
        Optional<Duration> lost,
        long lists,
        long watches,
        long objectsSkipped,
        long partsLeftOut,
        String lastSkipped,
        long octetsRead,
        String lastError,
        boolean forbidden) {
    static WatchReport of(WatchStatus status, long nowNanos) {
        return new WatchReport(
                status.resource(),
                status.namespace(),
                status.service(),
                status.synced(),
                since(status.lastListNanos(), nowNanos),
                since(status.lastContactNanos(), nowNanos),
                since(status.lastEventNanos(), nowNanos),
                since(status.lostSinceNanos(), nowNanos),
                status.lists(),
                status.watches(),
                status.objectsSkipped(),
                status.partsLeftOut(),
                status.lastSkipped(),
                status.octetsRead(),
                status.lastError(),
                status.forbidden());
    }

    /** How often a watch was opened again. */
    public long reconnects() {
        return Math.max(0, watches - 1);
    }

    private static Optional<Duration> since(OptionalLong nanos, long nowNanos) {
        return nanos.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(nowNanos - nanos.getAsLong()));
    }
}
