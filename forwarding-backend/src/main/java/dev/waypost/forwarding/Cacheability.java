package dev.waypost.forwarding;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Whether an answer may be kept, as what, and for how long its own records say. */
enum Cacheability {
    /** Records of the asked type at the end of its aliases. */
    SUCCESS,
    /** NXDOMAIN or NODATA with the SOA record that says how long (RFC 2308 section 5). */
    DENIAL,
    /** Nobody could or would say: kept for a short time, so that a failing zone is not asked in a storm (RFC 9520). */
    FAILURE,
    /** Anything else: other RCODEs, denials without SOA, aliases that lead nowhere. */
    NONE;

    private static final int MINIMUM_OCTETS = Integer.BYTES;

    static Cacheability of(Response response, int qtype) {
        boolean denies = response.authority().stream().anyMatch(set -> set.type() == Type.SOA);
        return switch (response.rcode()) {
            case Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR, Rcode.NOTIMP -> FAILURE; // RFC 9520 section 2
            case Rcode.NXDOMAIN -> denies ? DENIAL : NONE;
            case Rcode.NOERROR -> answers(response, qtype) ? SUCCESS : denies ? DENIAL : NONE;
            default -> NONE;
        };
    }

    private static boolean answers(Response response, int qtype) {
        return response.answer().stream().anyMatch(set -> set.type() == qtype || qtype == Type.ANY);
    }

    /** The response with every TTL changed; an SOA that denies says no more than its MINIMUM (RFC 2308 section 5). */
    Response withTtls(Response response, IntUnaryOperator change) {
        return response.withSections(
                changed(response.answer(), change),
                changed(response.authority(), change),
                changed(response.additional(), change));
    }

    private List<RecordSet> changed(List<RecordSet> sets, IntUnaryOperator change) {
        List<RecordSet> changed = new ArrayList<>(sets.size());
        for (RecordSet set : sets) {
            changed.add(set.withTtl(change.applyAsInt(ttlSeconds(set))));
        }
        return changed;
    }

    private int ttlSeconds(RecordSet set) {
        if (this != DENIAL || set.type() != Type.SOA) {
            return set.ttlSeconds();
        }
        byte[] rdata = set.rdata(0);
        long minimum = Integer.toUnsignedLong(ByteBuffer.wrap(rdata)
                .getInt(rdata.length - MINIMUM_OCTETS)); // the last field: RFC 1035 section 3.3.13
        return (int) Math.min(set.ttlSeconds(), minimum);
    }

    /** The least TTL of a response; {@link Integer#MAX_VALUE} without records. */
    static int leastTtl(Response response) {
        int least = Integer.MAX_VALUE;
        for (RecordSet set : response.answer()) {
            least = Math.min(least, set.ttlSeconds());
        }
        for (RecordSet set : response.authority()) {
            least = Math.min(least, set.ttlSeconds());
        }
        return least;
    }
}
