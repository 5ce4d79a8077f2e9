package dev.waypost.forwarding;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Finds out who would answer a name, without asking anybody outside: while a probe is under way on a thread, each forwarder that
 * a query reaches there leaves its mark and sends nothing. Who answers from memory does so within the call.
 */
final class AliasProbe {
    private static final ThreadLocal<@Nullable AliasProbe> PRESENT = new ThreadLocal<>();

    private final Name name;
    private @Nullable Forwarder reached;
    private boolean beyond;

    AliasProbe(Name name) {
        this.name = name;
    }

    /** The probe under way on this thread. */
    static @Nullable AliasProbe present() {
        return PRESENT.get();
    }

    /** What the engine says, but for what a forwarder would have to ask. */
    Resolution ask(Resolver engine, Query query) {
        PRESENT.set(this);
        try {
            return engine.resolve(query);
        } finally {
            PRESENT.remove();
        }
    }

    /** A query reached a forwarder; what it says in its stead holds as long as nobody in front of it knows the name. */
    Response reach(Forwarder forwarder, Query query) {
        if (query.qname().equals(name)) {
            reached = forwarder;
        } else {
            beyond = true;
        }
        return Response.empty(Rcode.REFUSED, Freshness.always()).withAnsweredBy(Forwarder.NAME);
    }

    /** The forwarder that would be asked for the name; {@code null} where it is somebody's in this JVM, or nobody's. */
    @Nullable
    Forwarder reached() {
        return reached;
    }

    /** Whether somebody in this JVM knows the name as an alias of one that a forwarder would be asked for. */
    boolean leadsBeyond() {
        return beyond;
    }
}
