package dev.waypost.engine;

import dev.waypost.lookup.ZoneView;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The zones behind the door for calls of this JVM, whichever plan answers now. */
record MemoryZones(Supplier<DoorRoutes> door) implements ZoneView {
    @Override
    public boolean holds(Name qname) {
        return door.get().holds(qname);
    }

    /** Nobody holds the zone of the root here: it is where a forwarder stands. */
    @Override
    public boolean leavesTheProcess(Name qname) {
        return door.get().isRoots(qname);
    }

    @Override
    public boolean isObserved(Name qname) {
        return door.get().route(qname, Type.A).isObserved();
    }
}
