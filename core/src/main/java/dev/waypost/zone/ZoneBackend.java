package dev.waypost.zone;

import dev.waypost.Lifecycle;
import java.util.List;
import org.xbill.DNS.Name;

/** Zones with one source behind them and one life: a Kubernetes cluster, a directory of zone files. */
public interface ZoneBackend extends Lifecycle {
    /** The zones, each with its own origin; the list does not change unless {@link #whenZonesChange} says so. */
    List<RecordSource> zones();

    /** Names at or below which every zone is, whatever zones come: the zones' own origins where the list does not change. */
    default List<Name> origins() {
        return zones().stream().map(RecordSource::origin).toList();
    }

    /**
     * Names whom to tell once {@link #zones()} is another list; called at most once, before {@link #start}.
     *
     * @return whether the list ever changes; false leaves the task alone
     */
    default boolean whenZonesChange(Runnable task) {
        return false;
    }

    /** Where names missing in these zones go to the next resolver. */
    default FallthroughZones fallthrough() {
        return FallthroughZones.NONE;
    }
}
