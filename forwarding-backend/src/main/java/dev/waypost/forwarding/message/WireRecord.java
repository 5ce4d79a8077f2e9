package dev.waypost.forwarding.message;

import java.io.IOException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * One record of a reply, not yet believed.
 *
 * @param ttlSeconds 0..604800
 * @param rdata wire form, names uncompressed; never changed after
 */
record WireRecord(Name owner, int type, int rrclass, long ttlSeconds, byte[] rdata) {
    /** Seven days: longer than that no answer is remembered (RFC 8767 section 4). */
    private static final long TTL_CAP_SECONDS = 604_800;

    private static final long TTL_TOP_BIT = 0x8000_0000L;

    static WireRecord read(MessageCursor cursor) throws MalformedReply {
        Name owner = cursor.name();
        int type = cursor.u16();
        int rrclass = cursor.u16();
        long ttl = cursor.u32();
        byte[] rdata = cursor.rdata(type, cursor.u16());
        return new WireRecord(owner, type, rrclass, boundedTtl(ttl), rdata);
    }

    private static long boundedTtl(long ttl) {
        // A TTL with its top bit set counts as 0: RFC 2181 section 8.
        return (ttl & TTL_TOP_BIT) != 0 ? 0 : Math.min(ttl, TTL_CAP_SECONDS);
    }

    boolean is(Name name, int wantedType) {
        return type == wantedType && owner.equals(name);
    }

    /** Whether it is a signature over the given type at the given owner (RFC 4034 section 3.1.1). */
    boolean covers(Name name, int signedType) {
        return is(name, Type.RRSIG) && coveredType() == signedType;
    }

    /** The type an RRSIG covers; 0 where it does not say. */
    int coveredType() {
        return rdata.length < 2 ? 0 : (rdata[0] & 0xFF) << 8 | rdata[1] & 0xFF;
    }

    /** The name that is all of this record's RDATA: the target of a CNAME or DNAME. */
    Name target() throws MalformedReply {
        try {
            return new Name(rdata);
        } catch (IOException unreadable) {
            throw new MalformedReply("an alias without a target");
        }
    }

    /** The record as dnsjava's value, which checks its RDATA. */
    Record toRecord() throws MalformedReply {
        Record record = Record.newRecord(owner, type, rrclass, ttlSeconds, rdata);
        if (record == null) { // dnsjava's word for RDATA that it cannot read
            throw new MalformedReply("RDATA that does not fit its type " + Type.string(type));
        }
        return record;
    }
}
