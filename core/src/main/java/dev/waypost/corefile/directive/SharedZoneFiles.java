package dev.waypost.corefile.directive;

import dev.waypost.zone.ZoneFile;
import dev.waypost.zone.ZoneFile.ReloadBy;
import dev.waypost.zone.ZoneFileReader;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * Zone files by what is read of them, the same from reload to reload of the Corefile as long as somebody serves them: a
 * file that did not change is not read again, and one that broke meanwhile leaves the zone that was.
 */
final class SharedZoneFiles {
    private final Map<Key, WeakReference<ZoneFile>> files = new HashMap<>();

    /** The zone file, read already or not. */
    synchronized ZoneFile of(Path file, Name origin, ZoneFileOptions options) {
        files.values().removeIf(each -> each.get() == null);
        Key key = new Key(file, origin, options.reloadBy(), options.includes());
        WeakReference<ZoneFile> known = files.get(key);
        ZoneFile present = known == null ? null : known.get();
        if (present == null) {
            ZoneFileReader reader = ZoneFileReader.of(origin);
            present = new ZoneFile(
                    file, options.includes().map(reader::withIncludes).orElse(reader), options.reloadBy());
            files.put(key, new WeakReference<>(present));
        }
        return present;
    }

    private record Key(Path file, Name origin, ReloadBy reloadBy, Optional<Path> includes) {}
}
