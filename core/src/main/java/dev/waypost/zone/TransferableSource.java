package dev.waypost.zone;

import java.util.Optional;

/**
 * A record source that can tell everything it holds: a zone that may be transferred (RFC 5936).
 *
 * <p>Whether anybody gets it is not the source's to decide.
 */
public interface TransferableSource extends RecordSource {
    /**
     * The whole zone as it is now: all of it from one snapshot, however long its reading takes and whatever changes
     * meanwhile.
     *
     * @return empty while {@link #find} says {@link Finding.NotReady}
     */
    Optional<ZoneTransfer> transfer();
}
