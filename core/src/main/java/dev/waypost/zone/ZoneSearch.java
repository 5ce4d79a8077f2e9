package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The way from a question to what a zone holds: RFC 1034 section 4.3.2 step 3. Immutable. */
final class ZoneSearch {
    private final Name origin;
    private final ZoneIndex index;
    private final Witness witness;
    private final Finding missing;
    private final Finding nothing;

    /**
     * @param witness what every finding carries
     */
    ZoneSearch(Name origin, ZoneIndex index, Witness witness) {
        this.origin = origin;
        this.index = index;
        this.witness = witness;
        this.missing = new Finding.NxDomain(witness);
        this.nothing = new Finding.NoData(witness);
    }

    Name origin() {
        return origin;
    }

    ZoneIndex index() {
        return index;
    }

    Witness witness() {
        return witness;
    }

    Finding find(Name qname, int qtype) {
        byte[] name = qname.toWire();
        ZoneNode node = index.at(name, 0);
        if (node == null) {
            return findMissing(name, qname, qtype);
        }
        // DS is the parent's to say: RFC 4035 section 3.1.4.1.
        boolean isChilds = node.is(ZoneNode.OCCLUDED) || node.is(ZoneNode.CUT) && qtype != Type.DS;
        return isChilds ? below(name, 0) : held(node, qname, qtype);
    }

    private Finding findMissing(byte[] name, Name qname, int qtype) {
        int at = closestEncloser(name, qname);
        ZoneNode encloser = node(name, at);
        if (encloser.is(ZoneNode.CUT | ZoneNode.MOVE | ZoneNode.OCCLUDED)) {
            return below(name, at);
        }
        ZoneNode source = sourceOfSynthesis(encloser, name, at);
        return source == null ? missing : held(source, qname, qtype);
    }

    /** Where the longest name begins that is a suffix of a missing one and exists. */
    private int closestEncloser(byte[] name, Name qname) {
        int at = 0;
        // No name of the zone has more labels than this: a question of a hundred labels costs no hundred probes.
        for (int labels = qname.labels(); labels > index.mostLabels(); labels--) {
            at = WireNames.parent(name, at);
        }
        while (index.at(name, at) == null) {
            if (name[at] == 0) {
                throw new IllegalArgumentException("a name at or below " + origin + " is wanted, found " + qname);
            }
            at = WireNames.parent(name, at);
        }
        return at;
    }

    /** The wildcard right below the closest encloser, and no other: RFC 4592 section 3.3.1. */
    private @Nullable ZoneNode sourceOfSynthesis(ZoneNode encloser, byte[] name, int at) {
        return encloser.is(ZoneNode.WILDCARD_BELOW) ? index.at(WireNames.wildcard(name, at), 0) : null;
    }

    private ZoneNode node(byte[] name, int from) {
        return Objects.requireNonNull(index.at(name, from));
    }

    /** What a node holds, said of the name that was asked for. */
    private Finding held(ZoneNode node, Name qname, int qtype) {
        RecordSet set = node.set(qname, qtype);
        if (set != null) {
            return AdditionalRecords.areFor(set.type())
                    ? new Finding.Found(set, new AdditionalRecords(this).of(set), witness)
                    : new Finding.Found(set, witness);
        }
        RecordSet cname = node.set(qname, Type.CNAME);
        return cname == null ? nothing : alias(cname);
    }

    private Finding alias(RecordSet set) {
        return new Finding.Alias(set, WireNames.name(set.rdata(0), 0), witness);
    }

    /** Where a cut or a move at or above a name leads: the uppermost counts, as what is below it is occluded. */
    private Finding below(byte[] name, int from) {
        int at = from;
        ZoneNode uppermost = node(name, at);
        while (uppermost.is(ZoneNode.OCCLUDED)) {
            at = WireNames.parent(name, at);
            uppermost = node(name, at); // there: every name above an existing one exists
        }
        boolean isCut = uppermost.is(ZoneNode.CUT);
        RecordSet set = Objects.requireNonNull(uppermost.set(uppermost.owner(), isCut ? Type.NS : Type.DNAME));
        return isCut ? new Finding.Referral(set, new AdditionalRecords(this).glueOf(set), witness) : alias(set);
    }

    /** The RRset that this zone may state of a name: what stands there or is synthesized, and not below a cut. */
    @Nullable
    RecordSet said(Name owner, int type) {
        byte[] name = owner.toWire();
        ZoneNode node = index.at(name, 0);
        int at = node == null ? closestEncloser(name, owner) : 0;
        ZoneNode encloser = node(name, at);
        if (encloser.is(ZoneNode.OCCLUDED | ZoneNode.CUT) || node == null && encloser.is(ZoneNode.MOVE)) {
            return null;
        }
        ZoneNode source = node == null ? sourceOfSynthesis(encloser, name, at) : node;
        return source == null ? null : source.set(owner, type);
    }

    /** The RRset that stands at a name, be it below a cut; also what is synthesized for a name that is not. */
    @Nullable
    RecordSet glue(Name owner, int type) {
        ZoneNode node = index.at(owner.toWire(), 0);
        return node == null ? said(owner, type) : node.set(owner, type);
    }
}
