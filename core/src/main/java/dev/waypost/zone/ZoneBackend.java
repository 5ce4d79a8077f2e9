package dev.waypost.zone;

import dev.waypost.Lifecycle;
import java.util.List;

/** Zones with one source behind them and one life: a Kubernetes cluster, a directory of zone files. */
public interface ZoneBackend extends Lifecycle {
    /** The zones, each with its own origin; the list does not change. */
    List<RecordSource> zones();

    /** Where names missing in these zones go to the next resolver. */
    default FallthroughZones fallthrough() {
        return FallthroughZones.NONE;
    }
}
