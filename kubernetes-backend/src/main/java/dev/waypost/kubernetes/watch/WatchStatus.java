package dev.waypost.kubernetes.watch;

import java.util.OptionalLong;

/**
 * How one watch stands, at one moment. Times are of the backend's ticker.
 *
 * @param resource the plural, e.g. {@code services}
 * @param namespace the one namespace it is watched in; empty for all
 * @param service the one service it is about; empty for all
 * @param synced whether its first list is complete
 * @param lastListNanos when its last list was complete
 * @param lastContactNanos when the server was last heard, bookmarks included
 * @param lastEventNanos when the last change came
 * @param lostSinceNanos the last contact before the failure that still lasts
 * @param lists how many lists were complete
 * @param watches how many watches were opened
 * @param objectsSkipped how many objects could not be used
 * @param partsLeftOut how many endpoints, ports and addresses could not be used
 * @param lastSkipped the last of both and why; empty where all could
 * @param octetsRead how much was read
 * @param lastError the failure that still lasts; empty while none does
 * @param forbidden whether that failure is a refusal by RBAC, which only a change of the account's rights ends
 */
public record WatchStatus(
        String resource,
        String namespace,
        String service,
        boolean synced,
        OptionalLong lastListNanos,
        OptionalLong lastContactNanos,
        OptionalLong lastEventNanos,
        OptionalLong lostSinceNanos,
        long lists,
        long watches,
        long objectsSkipped,
        long partsLeftOut,
        String lastSkipped,
        long octetsRead,
        String lastError,
        boolean forbidden) {}
