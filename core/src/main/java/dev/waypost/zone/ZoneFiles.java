package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Zones of zone files that are known by name: CoreDNS's {@code file}.
 *
 * <p>The files are read at the start and whenever {@link #reload} is called. One that cannot be used leaves the zone that
 * was; before the first that can, the zone is {@link Finding.NotReady}, and the others go on. What is wrong is logged once.
 */
public final class ZoneFiles implements ZoneBackend, MetricSource {
    private static final Logger LOG = System.getLogger("dev.waypost.zone");

    private final String name;
    private final List<ZoneFile> zones;
    private final FallthroughZones fallthrough;
    private volatile boolean read;

    /**
     * Zones whose files were not read yet, or were read by others.
     *
     * @param name under which logs and readiness speak of them
     * @param zones each with an origin of its own
     * @param fallthrough where names missing in the zones go to the next resolver
     */
    public ZoneFiles(String name, List<ZoneFile> zones, FallthroughZones fallthrough) {
        this.name = name;
        this.zones = List.copyOf(zones);
        this.fallthrough = fallthrough;
    }

    /** Reads the files that are others than at the last call. */
    public void reload() {
        read = true;
        for (ZoneFile zone : zones) {
            try {
                if (zone.reload()) {
                    LOG.log(Level.INFO, "zone " + zone.origin() + " loaded from " + zone.file());
                }
            } catch (ConfigurationException unusable) {
                LOG.log(Level.WARNING, zone.alarm(unusable));
            }
        }
    }

    /** Why files as they are now cannot be used. */
    public Stream<String> faults() {
        return zones.stream().flatMap(zone -> zone.fault().stream()).map(ConfigurationException::getMessage);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<RecordSource> zones() {
        return List.copyOf(zones);
    }

    @Override
    public FallthroughZones fallthrough() {
        return fallthrough;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        zones.forEach(zone -> zone.collect(sink));
    }

    /** Reads the files, unless {@link #reload} was called before. */
    @Override
    public void start() {
        if (!read) {
            reload();
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
