package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone that can be put in place of another while questions are answered: a zone file that is read again, a transfer.
 *
 * <p>Before the first zone is published every finding is {@link Finding.NotReady}; after it, one zone or the next
 * answers, never parts of both. Readers never lock or wait; publishing is safe from any thread.
 */
public final class ReloadableZone implements TransferableSource {
    private final Name origin;
    private volatile @Nullable StaticZone zone;

    /** A zone that nothing was published for yet. */
    public ReloadableZone(Name origin) {
        this.origin = origin;
    }

    /**
     * Answers from this zone from now on, and ends every answer that the last one gave.
     *
     * @return false for the zone that answers already
     * @throws IllegalArgumentException for a zone with another origin
     */
    public synchronized boolean publish(StaticZone next) {
        if (!next.origin().equals(origin)) {
            throw new IllegalArgumentException("a zone of origin " + origin + " is wanted, found " + next.origin());
        }
        StaticZone last = zone;
        if (last == next) {
            return false;
        }
        zone = next.witness().holdsAt(0) ? next : next.renewed();
        if (last != null) {
            last.witness().breakNow(); // after the new data can be seen
        }
        return true;
    }

    /** Whether a zone was published. */
    public boolean isLoaded() {
        return zone != null;
    }

    @Override
    public Name origin() {
        return origin;
    }

    /** @throws IllegalStateException before the first zone is published */
    @Override
    public RecordSet soa() {
        StaticZone present = zone;
        if (present == null) {
            throw new IllegalStateException("zone " + origin + " was not loaded yet");
        }
        return present.soa();
    }

    @Override
    public Optional<ZoneTransfer> transfer() {
        StaticZone present = zone;
        return present == null ? Optional.empty() : present.transfer();
    }

    @Override
    public Finding find(Name qname, int qtype) {
        StaticZone present = zone;
        return present == null
                ? new Finding.NotReady("zone " + origin + " was not loaded yet")
                : present.find(qname, qtype);
    }
}
