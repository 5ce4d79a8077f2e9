package dev.waypost.socket.transfer;

import dev.waypost.RecordSet;
import dev.waypost.Serial;
import dev.waypost.Staleness;
import dev.waypost.zone.Finding;
import dev.waypost.zone.ReloadableZone;
import dev.waypost.zone.Standing;
import dev.waypost.zone.StaticZone;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.Witness;
import dev.waypost.zone.ZoneTransfer;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * The copy of one zone: what was transferred last, until it expires (RFC 1034 section 4.3.5). Before the first transfer and
 * after the end it is not ready, which is SERVFAIL and never NXDOMAIN.
 */
final class SecondaryZone implements TransferableSource {
    private final ReloadableZone zone;
    private volatile Turn turn = Turn.of(Staleness.FRESH);

    SecondaryZone(Name origin) {
        this.zone = new ReloadableZone(origin);
    }

    /** Answers from another state of the zone. */
    void publish(StaticZone next) {
        zone.publish(next);
    }

    /** Answers no more. */
    void expire() {
        zone.withdraw("zone " + origin() + " expired: no primary was heard of for too long");
    }

    /** A primary was heard of, or none was since a time. */
    void stand(Staleness staleness) {
        Turn before = turn;
        if (!before.standing.staleness().equals(staleness)) {
            turn = Turn.of(staleness);
            before.witness.breakNow();
        }
    }

    boolean isLoaded() {
        return zone.isLoaded();
    }

    /** Which state answers; asked only while one does. */
    Serial serial() {
        return Serial.of(soa());
    }

    @Override
    public Name origin() {
        return zone.origin();
    }

    @Override
    public RecordSet soa() {
        return zone.soa();
    }

    @Override
    public Finding find(Name qname, int qtype) {
        return zone.find(qname, qtype);
    }

    @Override
    public Standing standing(Name qname) {
        return turn.standing;
    }

    @Override
    public Optional<ZoneTransfer> transfer() {
        return zone.transfer();
    }

    /** A standing, and what ends it. */
    private record Turn(Standing standing, Witness witness) {
        static Turn of(Staleness staleness) {
            Witness witness = new Witness();
            return new Turn(new Standing(staleness, List.of(), witness), witness);
        }
    }
}
