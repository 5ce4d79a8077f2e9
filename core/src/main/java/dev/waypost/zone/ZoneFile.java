package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.Metric;
import dev.waypost.MetricSource;
import dev.waypost.RecordSet;
import dev.waypost.Serial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone file and the zone last read from it: read again when it is told to look, never by itself.
 *
 * <p>A file that cannot be used leaves the old zone answering; before the first that can, every finding is
 * {@link Finding.NotReady}. Answering is safe for any number of threads and never waits for reading; readings wait for
 * each other.
 */
public final class ZoneFile implements TransferableSource, MetricSource {
    /** What makes a changed file count. */
    public enum ReloadBy {
        /** Another SOA serial, as name servers do: a file half edited keeps its serial. Included files have none. */
        SERIAL,
        /** Another time or size of the file. */
        MTIME
    }

    private final Path file;
    private final ReloadBy reloadBy;
    private final ZoneFileReader reader;
    private final ReloadableZone zone;
    private Map<Path, Optional<FileStamp>> seen = Map.of();
    private volatile @Nullable ConfigurationException fault;

    /** A file that was not read yet. */
    public ZoneFile(Path file, Name origin, ReloadBy reloadBy) {
        this(file, ZoneFileReader.of(origin), reloadBy);
    }

    /** A file that was not read yet. */
    public ZoneFile(Path file, ZoneFileReader reader, ReloadBy reloadBy) {
        this.file = file;
        this.reloadBy = reloadBy;
        this.reader = reader;
        this.zone = new ReloadableZone(reader.origin());
    }

    /**
     * Reads the file if it, or one that it includes, is another one than at the last call, and answers from it if it counts
     * as changed.
     *
     * @return whether another zone answers now
     * @throws ConfigurationException for a file that cannot be read or used; told once, {@link #fault} tells it on
     */
    public synchronized boolean reload() {
        if (!hasChanged()) {
            return false;
        }
        Map<Path, Optional<FileStamp>> files = new HashMap<>();
        try {
            StaticZone read = reader.read(file, files);
            fault = null;
            return counts(read) && zone.publish(read);
        } catch (ConfigurationException unusable) {
            ConfigurationException told = fault;
            fault = unusable;
            if (told != null && Objects.equals(told.getMessage(), unusable.getMessage())) {
                return false;
            }
            throw unusable;
        } finally {
            seen = files;
        }
    }

    private boolean hasChanged() {
        ConfigurationException last = fault;
        boolean mayBeReadableNow = last != null && last.getCause() instanceof IOException; // a right shows in no stamp
        return mayBeReadableNow
                || seen.isEmpty()
                || seen.entrySet().stream().anyMatch(each -> !each.getValue().equals(FileStamp.of(each.getKey())));
    }

    private boolean counts(StaticZone read) {
        return reloadBy == ReloadBy.MTIME
                || !isLoaded()
                || !Serial.of(read.soa()).equals(Serial.of(zone.soa()));
    }

    /** Why the file as it is now cannot be used; empty when it can, or when nobody has looked yet. */
    public Optional<ConfigurationException> fault() {
        return Optional.ofNullable(fault);
    }

    /** What to tell a person about the fault: what it means for answers, and where it is. */
    String alarm(ConfigurationException unusable) {
        String meaning = isLoaded() ? " goes on as it was: " : " is SERVFAIL until its file can be used: ";
        return "zone " + origin() + meaning + unusable.getMessage();
    }

    /** Whether the file was read with success at least once. */
    public boolean isLoaded() {
        return zone.isLoaded();
    }

    /** The file's name as it was given. */
    public Path file() {
        return file;
    }

    @Override
    public void collect(Consumer<Metric> sink) {
        Map<String, String> labels = Map.of("zone", origin().toString(), "file", file.toString());
        sink.accept(new Metric.Gauge(
                "waypost_zone_loaded",
                "Whether the zone answers from records, 1, or with SERVFAIL, 0.",
                labels,
                isLoaded() ? 1 : 0));
        sink.accept(new Metric.Gauge(
                "waypost_zone_file_faulty",
                "Whether the zone's file as it is now cannot be used, so that the zone goes on as it was.",
                labels,
                fault == null ? 0 : 1));
    }

    @Override
    public Name origin() {
        return zone.origin();
    }

    /** @throws IllegalStateException before the file was read with success */
    @Override
    public RecordSet soa() {
        return zone.soa();
    }

    @Override
    public Optional<ZoneTransfer> transfer() {
        return zone.transfer();
    }

    @Override
    public Finding find(Name qname, int qtype) {
        return zone.find(qname, qtype);
    }
}
