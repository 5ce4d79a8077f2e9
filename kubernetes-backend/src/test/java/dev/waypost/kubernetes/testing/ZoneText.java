package dev.waypost.kubernetes.testing;

import dev.waypost.testing.Zones;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.ZoneBackend;
import dev.waypost.zone.ZoneTransfer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A transferred zone as text: {@code owner ttl type rdata}, one record a line, without the SOA, in order. */
public final class ZoneText {
    private ZoneText() {}

    /** The zone of this origin. */
    public static String of(ZoneBackend backend, String origin) {
        return StreamSupport.stream(transfer(backend, origin).sets().spliterator(), false)
                .flatMap(set -> Zones.lines(set).stream())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The transfer of the zone of this origin. */
    public static ZoneTransfer transfer(ZoneBackend backend, String origin) {
        List<RecordSource> zones = backend.zones();
        return zones.stream()
                .filter(zone -> zone.origin().equals(Zones.name(origin)))
                .map(TransferableSource.class::cast)
                .findFirst()
                .flatMap(TransferableSource::transfer)
                .orElseThrow(() -> new AssertionError("no transfer of " + origin));
    }
}
