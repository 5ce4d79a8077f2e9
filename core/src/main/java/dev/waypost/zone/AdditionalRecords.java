package dev.waypost.zone;

import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a zone holds about the names in RDATA, to save the client a question. For one answer. */
final class AdditionalRecords {
    private static final int[] ADDRESSES = {Type.A, Type.AAAA};
    private static final int NO_TARGET = -1;

    private final ZoneSearch zone;
    private final List<RecordSet> records = new ArrayList<>();
    private final Set<Name> targets = new HashSet<>();

    AdditionalRecords(ZoneSearch zone) {
        this.zone = zone;
    }

    /** Whether RDATA of a type has a name whose addresses go along. */
    static boolean areFor(int type) {
        return targetOffset(type) != NO_TARGET;
    }

    /** Where that name stands: it is the last field but in SVCB, whose parameters follow. */
    private static int targetOffset(int type) {
        return switch (type) {
            case Type.NS, Type.MB, Type.MD, Type.MF -> 0; // RFC 1035 section 3.3
            case Type.MX, Type.AFSDB, Type.RT, Type.KX -> 2; // also RFC 1183, RFC 2230
            case Type.SRV -> 6; // RFC 2782
            case Type.SVCB, Type.HTTPS -> 2; // RFC 9460 section 4.1
            default -> NO_TARGET;
        };
    }

    /** Records that this zone may state of a set's targets: none at or below a cut, as those are the child's. */
    List<RecordSet> of(RecordSet set) {
        addTargets(set, true);
        return records;
    }

    private void addTargets(RecordSet set, boolean isAnswer) {
        for (int i = 0; i < set.size(); i++) {
            byte[] rdata = set.rdata(i);
            Name target = target(set, rdata);
            if (target == null || !target.subdomain(zone.origin()) || !targets.add(target)) {
                continue;
            }
            for (int type : ADDRESSES) {
                add(zone.said(target, type));
            }
            boolean isService = set.type() == Type.SVCB || set.type() == Type.HTTPS;
            // A service's alias leads to another service: RFC 9460 section 2.4.2. One step, as chains should be short.
            RecordSet service = isService && isAnswer && isAlias(rdata) ? zone.said(target, set.type()) : null;
            if (service != null) {
                records.add(service);
                addTargets(service, false);
            }
        }
    }

    private static @Nullable Name target(RecordSet set, byte[] rdata) {
        Name target = WireNames.name(rdata, targetOffset(set.type()));
        boolean isOwner = target.equals(Name.root) && (set.type() == Type.SVCB || set.type() == Type.HTTPS);
        if (!isOwner) {
            return target;
        }
        return isAlias(rdata) ? null : set.owner(); // RFC 9460 sections 2.5.1 and 2.5.2
    }

    /** SvcPriority 0: RFC 9460 section 2.4.1. */
    private static boolean isAlias(byte[] rdata) {
        return rdata[0] == 0 && rdata[1] == 0;
    }

    /** In-domain and sibling glue, as far as the zone holds it (RFC 9471 section 2), below cuts too. */
    List<RecordSet> glueOf(RecordSet ns) {
        for (int i = 0; i < ns.size(); i++) {
            Name target = WireNames.name(ns.rdata(i), 0);
            if (!target.subdomain(zone.origin()) || !targets.add(target)) {
                continue;
            }
            for (int type : ADDRESSES) {
                add(zone.glue(target, type));
            }
        }
        return records;
    }

    private void add(@Nullable RecordSet set) {
        if (set != null) {
            records.add(set);
        }
    }
}
