package dev.waypost.kubernetes.watch;

import dev.waypost.jfr.ListEvent;
import dev.waypost.kubernetes.model.ResourceKind;

/** A list as a flight recording shows it, from before its request to its objects being answered. For one thread. */
final class RecordedList {
    private final ListEvent event = new ListEvent();
    private final ResourceKind<?> kind;
    private final String reason;
    private final WatchLog log;
    private final long octetsBefore;

    /** A list that begins now. @param reason why */
    RecordedList(ResourceKind<?> kind, String reason, WatchLog log) {
        this.kind = kind;
        this.reason = reason;
        this.log = log;
        this.octetsBefore = log.octetsRead();
    }

    /** The list is complete and can be seen. */
    void end(int objects) {
        event.end(kind.resource(), kind.scope(), reason, objects, log.octetsRead() - octetsBefore);
    }
}
