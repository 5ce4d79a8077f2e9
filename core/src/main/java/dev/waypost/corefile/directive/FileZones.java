package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ReloadableZone;
import dev.waypost.zone.StaticZone;
import dev.waypost.zone.ZoneBackend;
import dev.waypost.zone.ZoneFileReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/**
 * Zones of one master file, one for each origin that the Corefile gives it.
 *
 * <p>The file is read when the zones are made; a file that cannot be used then is refused. Later a bad file is said once
 * and changes nothing: the zones go on with what they had.
 */
final class FileZones implements ZoneBackend {
    private static final Logger LOG = System.getLogger("dev.waypost.file");

    private final Path file;
    private final Map<Name, ReloadableZone> zones = new LinkedHashMap<>();
    private final FallthroughZones fallthrough;
    private final boolean byTime;
    private FileStamp stamp;

    /**
     * @param byTime whether a changed file is enough; otherwise its serial must change too, so that an administrator can
     *     edit it in several steps
     */
    FileZones(Path file, List<Name> origins, FallthroughZones fallthrough, boolean byTime) {
        this.file = file;
        this.fallthrough = fallthrough;
        this.byTime = byTime;
        // The stamp first: what changes while the file is read will be seen the next time.
        this.stamp = FileStamp.of(file);
        origins.forEach(origin -> zones.put(origin, new ReloadableZone(origin)));
        read().forEach((origin, zone) -> zoneOf(origin).publish(zone));
    }

    /** Reads the file again where it changed; called by one thread at a time. */
    void reload() {
        FileStamp present = FileStamp.of(file);
        if (present.equals(stamp)) {
            return;
        }
        stamp = present;
        try {
            read().forEach(this::replace);
        } catch (ConfigurationException unusable) {
            LOG.log(Level.WARNING, "the zones loaded before go on: " + unusable.getMessage());
        }
    }

    /** All zones before any is published: a file is taken whole or not at all. */
    private Map<Name, StaticZone> read() {
        Map<Name, StaticZone> read = new LinkedHashMap<>();
        zones.keySet()
                .forEach(origin -> read.put(origin, ZoneFileReader.of(origin).read(file)));
        return read;
    }

    private void replace(Name origin, StaticZone next) {
        ReloadableZone zone = zoneOf(origin);
        if (byTime || serial(next) != serial(zone)) {
            zone.publish(next);
            LOG.log(Level.INFO, "zone " + origin + " loaded from " + file + ", serial " + serial(next));
        } else {
            LOG.log(Level.INFO, "zone " + origin + " not loaded: " + file + " changed, its serial did not");
        }
    }

    private ReloadableZone zoneOf(Name origin) {
        ReloadableZone zone = zones.get(origin);
        if (zone == null) {
            throw new IllegalArgumentException("no zone of origin " + origin);
        }
        return zone;
    }

    private static long serial(RecordSource zone) {
        return ((SOARecord) zone.soa().records().get(0)).getSerial();
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public List<RecordSource> zones() {
        return List.copyOf(zones.values());
    }

    @Override
    public FallthroughZones fallthrough() {
        return fallthrough;
    }

    @Override
    public void start() {
        // The zones were read when they were made; the engine's timer repeats the rest.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
