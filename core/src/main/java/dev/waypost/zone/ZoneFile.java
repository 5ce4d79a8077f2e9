package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.RecordSet;
import dev.waypost.Serial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone file and the zone last read from it: read again when it is told to look, never by itself.
 *
 * <p>A file that cannot be used leaves the old zone answering; before the first that can, every finding is
 * {@link Finding.NotReady}. Answering is safe for any number of threads and never waits for reading; readings wait for
 * each other.
 */
public final class ZoneFile implements TransferableSource {
    /** What makes a changed file count. */
    public enum ReloadBy {
        /** Another SOA serial, as name servers do: a file half edited keeps its serial. */
        SERIAL,
        /** Another time or size of the file. */
        MTIME
    }

    private final Path file;
    private final ReloadBy reloadBy;
    private final ZoneFileReader reader;
    private final ReloadableZone zone;
    private @Nullable FileStamp seen;

    /** A file that was not read yet. */
    public ZoneFile(Path file, Name origin, ReloadBy reloadBy) {
        this.file = file;
        this.reloadBy = reloadBy;
        this.reader = ZoneFileReader.of(origin);
        this.zone = new ReloadableZone(origin);
    }

    /**
     * Reads the file if it is another one than at the last call, and answers from it if it counts as changed.
     *
     * @return whether another zone answers now
     * @throws ConfigurationException for a file that cannot be read or used; told once for each state of the file
     */
    public synchronized boolean reload() {
        FileStamp stamp;
        try {
            stamp = FileStamp.of(file);
        } catch (IOException missing) {
            if (seen == null && isLoaded()) {
                return false; // told before; the old zone goes on
            }
            seen = null;
            throw ConfigurationException.of(file.toString(), "a zone file is wanted, found " + missing, missing);
        }
        if (stamp.equals(seen)) {
            return false;
        }
        seen = stamp;
        StaticZone read = reader.read(file);
        if (reloadBy == ReloadBy.SERIAL && isLoaded() && Serial.of(read.soa()).equals(Serial.of(zone.soa()))) {
            return false;
        }
        zone.publish(read);
        return true;
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
