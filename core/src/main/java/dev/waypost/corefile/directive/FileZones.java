package dev.waypost.corefile.directive;

import dev.waypost.ConfigurationException;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ZoneBackend;
import dev.waypost.zone.ZoneFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * Zones of one master file, one for each origin that the Corefile gives it.
 *
 * <p>The file is read when the zones are made; one that cannot be used then is refused. Later a bad file is said once
 * and changes nothing: the zones go on with what they had.
 */
final class FileZones implements ZoneBackend {
    private static final Logger LOG = System.getLogger("dev.waypost.file");

    private final Path file;
    private final List<ZoneFile> zones;
    private final FallthroughZones fallthrough;

    /** @throws ConfigurationException for a file that cannot be used for one of the origins */
    FileZones(Path file, List<Name> origins, ZoneFile.ReloadBy reloadBy, FallthroughZones fallthrough) {
        this.file = file;
        this.zones = origins.stream()
                .map(origin -> new ZoneFile(file, origin, reloadBy))
                .toList();
        this.fallthrough = fallthrough;
        zones.forEach(ZoneFile::reload);
    }

    /** Reads the file again where it changed. */
    void reload() {
        for (ZoneFile zone : zones) {
            try {
                if (zone.reload()) {
                    LOG.log(Level.INFO, "zone " + zone.origin() + " loaded again from " + file);
                }
            } catch (ConfigurationException unusable) {
                LOG.log(Level.WARNING, "zone " + zone.origin() + " goes on as it was: " + unusable.getMessage());
            }
        }
    }

    @Override
    public String name() {
        return "file " + file;
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
    public void start() {
        // The zones were read when they were made; the engine's timer repeats the rest.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
