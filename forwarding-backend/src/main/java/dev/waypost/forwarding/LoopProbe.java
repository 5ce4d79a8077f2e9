package dev.waypost.forwarding;

import dev.waypost.Query;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** One marker name and how often it came back. */
final class LoopProbe {
    /** A marker that could be guessed would let a stranger raise the alarm (CVE-2026-26018). */
    private static final int RANDOM_BITS = 160;

    private static final int HEX = 16;

    private final Name name;
    private final long sinceNanos;
    private final AtomicInteger returns = new AtomicInteger();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean answered;

    LoopProbe(Name name, long sinceNanos) {
        this.name = name;
        this.sinceNanos = sinceNanos;
    }

    /** A new marker below a zone, or below the root where the zone's own name leaves no room. */
    static Name marker(Name zone, SecureRandom random) {
        String label = new BigInteger(RANDOM_BITS, random).toString(HEX);
        try {
            Name relative = Name.fromString(label);
            try {
                return Name.concatenate(relative, zone);
            } catch (NameTooLongException noRoom) {
                return Name.fromString(label, Name.root);
            }
        } catch (TextParseException notPossible) {
            throw new IllegalStateException("hexadecimal digits make a label", notPossible);
        }
    }

    Name name() {
        return name;
    }

    boolean isMarker(Query query) {
        return query.qtype() == Type.HINFO && query.qname().equals(name);
    }

    /** Counts one return of the marker, and says how many there were with this one. */
    int returned() {
        return returns.incrementAndGet();
    }

    int returns() {
        return returns.get();
    }

    /** Whether a try may begin: none is under way. */
    boolean beginTry() {
        return underWay.compareAndSet(false, true);
    }

    /** Ends a try. SERVFAIL may be an upstream that is not there yet: it is tried again. */
    void endTry(int rcode) {
        answered |= rcode != Rcode.SERVFAIL;
        underWay.set(false);
    }

    boolean isAnswered() {
        return answered;
    }

    boolean isOver(long now, long windowNanos) {
        return now - sinceNanos >= windowNanos;
    }
}
