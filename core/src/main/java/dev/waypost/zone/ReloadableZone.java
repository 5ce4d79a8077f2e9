package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A zone that can be put in place of another while questions are answered: a zone file that is read again, a transfer.
 *
 * <p>While no zone is published every finding is {@link Finding.NotReady}; otherwise one zone or the next answers, never
 * parts of both. Readers never lock or wait; publishing is safe from any thread.
 */
public final class ReloadableZone implements TransferableSource {
    private final Name origin;
    private volatile @Nullable StaticZone zone;
    private volatile String missing;
    private volatile @Nullable RecordSet soa;

    /** A zone that nothing was published for yet. */
    public ReloadableZone(Name origin) {
        this.origin = origin;
        this.missing = "zone " + origin + " was not loaded yet";
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
        soa = next.soa();
        zone = next.witness().holdsAt(0) ? next : next.renewed();
        if (last != null) {
            last.witness().breakNow(); // after the new data can be seen
        }
        return true;
    }

    /**
     * Answers from no zone from now on, as before the first one was published, and ends every answer that the last one
     * gave: what it held may be true no more.
     *
     * @param reason why, for a person to read
     */
    public synchronized void withdraw(String reason) {
        StaticZone last = zone;
        missing = reason;
        zone = null;
        if (last != null) {
            last.witness().breakNow();
        }
    }

    /** Whether a zone is published. */
    public boolean isLoaded() {
        return zone != null;
    }

    @Override
    public Name origin() {
        return origin;
    }

    /**
     * Of the zone that answers, or of the last one that did: a look-up that has just found something may want it still.
     *
     * @throws IllegalStateException before the first zone is published
     */
    @Override
    public RecordSet soa() {
        RecordSet last = soa;
        if (last == null) {
            throw new IllegalStateException(missing);
        }
        return last;
    }

    @Override
    public Optional<ZoneTransfer> transfer() {
        StaticZone present = zone;
        return present == null ? Optional.empty() : present.transfer();
    }

    @Override
    public Finding find(Name qname, int qtype) {
        StaticZone present = zone;
        return present == null ? new Finding.NotReady(missing) : present.find(qname, qtype);
    }
}
