package dev.waypost.engine;

import dev.waypost.lookup.EndpointSource;
import dev.waypost.lookup.Endpoints;
import dev.waypost.lookup.ZoneView;
import java.util.Comparator;
import java.util.function.Supplier;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The zones behind the door for calls of this JVM, whichever plan answers now. */
record MemoryZones(Supplier<RunningPlan> running) implements ZoneView {
    private DoorRoutes door() {
        return running.get().memory().routes();
    }

    @Override
    public boolean holds(Name qname) {
        return door().holds(qname);
    }

    /** Nobody holds the zone of the root here: it is where a forwarder stands. */
    @Override
    public boolean leavesTheProcess(Name qname) {
        return door().isRoots(qname);
    }

    @Override
    public boolean isObserved(Name qname) {
        return door().route(qname, Type.A).isObserved();
    }

    /** Of the source with the nearest origin. */
    @Override
    public Endpoints endpoints(Name service) {
        return running.get().plan().endpointSources().stream()
                .filter(source -> service.subdomain(source.origin()))
                .max(Comparator.comparingInt(
                        (EndpointSource source) -> source.origin().labels()))
                .map(source -> source.endpoints(service))
                .orElse(Endpoints.NONE);
    }
}
