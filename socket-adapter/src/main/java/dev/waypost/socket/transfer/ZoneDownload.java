package dev.waypost.socket.transfer;

import dev.waypost.ConfigurationException;
import dev.waypost.RecordSet;
import dev.waypost.Serial;
import dev.waypost.zone.StaticZone;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One zone as it comes from a primary: asked for, checked, and whole or not at all (RFC 5936). */
final class ZoneDownload {
    private final PrimaryConnection primary;
    private final Name origin;
    private final TransferLimits limits;
    private final StaticZone.Builder zone;
    private @Nullable Record first;
    private boolean ended;
    private int records;

    ZoneDownload(PrimaryConnection primary, Name origin, TransferLimits limits) {
        this.primary = primary;
        this.origin = origin;
        this.limits = limits;
        this.zone = StaticZone.builder(origin);
    }

    /** Which state of the zone the primary has. */
    Serial serial() throws IOException {
        primary.ask(origin, Type.SOA);
        Message answer = primary.next();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (isSoa(record)) {
                if (!primary.isSigned()) {
                    throw new TransferException("the answer is not signed");
                }
                return Serial.of(RecordSet.of(record));
            }
        }
        throw new TransferException("the primary tells no SOA of " + origin);
    }

    /** The whole zone. */
    StaticZone zone() throws IOException {
        primary.ask(origin, Type.AXFR);
        while (!ended) {
            take(primary.next().getSection(Section.ANSWER));
        }
        if (!primary.isSigned()) {
            throw new TransferException("the end of the zone is not signed"); // RFC 8945 section 5.3.1
        }
        try {
            return zone.build();
        } catch (ConfigurationException refused) {
            throw new TransferException(String.valueOf(refused.getMessage()));
        }
    }

    private void take(List<Record> answer) throws IOException {
        if (answer.isEmpty()) {
            throw new TransferException("a message holds no record"); // endless ones would never end a zone
        }
        for (Record record : answer) {
            take(record);
        }
    }

    private void take(Record record) throws IOException {
        if (ended) {
            throw new TransferException("records follow behind the end of the zone");
        }
        Record begin = first;
        if (begin == null) {
            if (!isSoa(record)) {
                throw new TransferException("a zone wants to begin with the SOA of " + origin + ", found "
                        + record.getName() + " " + Type.string(record.getType()));
            }
            first = record;
        } else if (isSoa(record)) {
            ended = true;
            if (!record.equals(begin)) {
                throw new TransferException("the zone changed while it was told");
            }
            return;
        }
        if (++records > limits.records()) {
            throw new TransferException("the zone has more than " + limits.records() + " records");
        }
        try {
            zone.add(record);
        } catch (ConfigurationException refused) {
            throw new TransferException(String.valueOf(refused.getMessage()));
        }
    }

    private boolean isSoa(Record record) {
        return record.getType() == Type.SOA && record.getName().equals(origin);
    }
}
