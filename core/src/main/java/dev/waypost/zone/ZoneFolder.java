package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.xbill.DNS.Name;

/**
 * Zones of the zone files in a folder, as many as there are: CoreDNS's {@code auto}.
 *
 * <p>The files are looked for at the start and whenever {@link #scan} is called: a new file is a new zone, a changed one is
 * read again, and a removed file's zone ends. A file that cannot be used leaves the zone that was; before the first that
 * can, the zone is {@link Finding.NotReady}, and the others go on. While the folder itself cannot be read nothing changes.
 * What is wrong is logged once.
 */
public final class ZoneFolder implements ZoneBackend, MetricSource {
    private static final Logger LOG = System.getLogger("dev.waypost.zone");

    private final ZoneFilePattern pattern;
    private final List<Name> origins;
    private final FallthroughZones fallthrough;
    private final BiFunction<Path, Name, ZoneFile> files;
    private final Set<String> told = new HashSet<>();
    private volatile Map<Name, ZoneFile> zones = Map.of();
    private volatile Runnable listener = () -> {};
    private boolean scanned;

    /**
     * A folder that nobody has looked into yet.
     *
     * @param pattern which files are zones, and of what origin
     * @param origins zones at or below one of these are served, others are passed over
     * @param fallthrough where names missing in the zones go to the next resolver
     * @param files makes a zone's file; {@link ZoneFile#ZoneFile(Path, Name, ZoneFile.ReloadBy)} at its simplest
     */
    public ZoneFolder(
            ZoneFilePattern pattern,
            List<Name> origins,
            FallthroughZones fallthrough,
            BiFunction<Path, Name, ZoneFile> files) {
        this.pattern = pattern;
        this.origins = List.copyOf(origins);
        this.fallthrough = fallthrough;
        this.files = files;
    }

    /** Looks for files that are new, changed or gone, and answers accordingly. Calls wait for each other. */
    public synchronized void scan() {
        scanned = true;
        Set<String> faults = new HashSet<>();
        try {
            Map<Name, ZoneFile> next = new LinkedHashMap<>();
            pattern.files(faults::add).forEach((origin, file) -> {
                if (isServed(origin)) {
                    next.put(origin, loaded(file, origin, faults));
                } else {
                    faults.add(file + ": a zone at or below " + origins + " is wanted, found " + origin);
                }
            });
            swap(next);
        } catch (IOException unreadable) {
            faults.add(pattern.folder() + ": a folder of zone files wants to be readable, found " + unreadable);
        }
        faults.stream().filter(fault -> !told.contains(fault)).forEach(fault -> LOG.log(Level.WARNING, fault));
        told.clear();
        told.addAll(faults);
    }

    private boolean isServed(Name origin) {
        return origins.stream().anyMatch(origin::subdomain);
    }

    private ZoneFile loaded(Path path, Name origin, Set<String> faults) {
        ZoneFile last = zones.get(origin);
        ZoneFile file = last != null && last.file().equals(path) ? last : files.apply(path, origin);
        try {
            if (file.reload()) {
                LOG.log(Level.INFO, "zone " + origin + " loaded from " + path);
            }
        } catch (ConfigurationException unusable) {
            // told below, with what is still wrong from the last time
        }
        ZoneFile served = file.isLoaded() || last == null ? file : last;
        file.fault().ifPresent(fault -> faults.add(served.alarm(fault)));
        return served;
    }

    private void swap(Map<Name, ZoneFile> next) {
        Map<Name, ZoneFile> last = zones;
        if (next.equals(last)) {
            return;
        }
        last.keySet().stream()
                .filter(origin -> !next.containsKey(origin))
                .forEach(origin -> LOG.log(Level.INFO, "zone " + origin + " has no file any more, and ends"));
        zones = next;
        listener.run();
    }

    @Override
    public String name() {
        return "auto " + pattern.folder();
    }

    @Override
    public List<RecordSource> zones() {
        return List.copyOf(zones.values());
    }

    @Override
    public List<Name> origins() {
        return origins;
    }

    @Override
    public boolean whenZonesChange(Runnable task) {
        listener = task;
        return true;
    }

    @Override
    public FallthroughZones fallthrough() {
        return fallthrough;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        zones.values().forEach(zone -> zone.collect(sink));
    }

    /** Looks for files, unless {@link #scan} was called before. */
    @Override
    public void start() {
        if (!hasScanned()) {
            scan();
        }
    }

    private synchronized boolean hasScanned() {
        return scanned;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
