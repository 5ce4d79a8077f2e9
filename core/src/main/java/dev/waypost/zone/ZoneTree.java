package dev.waypost.zone;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Turns the RRsets of a zone into its nodes, parents before children. For one thread, used once. */
final class ZoneTree {
    /** Types whose targets' addresses save the client a question; others are rare enough to be asked for. */
    private static final Set<Integer> WITH_ADDRESSES = Set.of(Type.NS, Type.MX, Type.SRV);

    private final Name origin;
    private final Map<Name, Map<Integer, RecordSet>> sets;
    private final Freshness freshness;
    private final Finding.NoData nothing;
    private final Map<Name, ZoneNode> nodes = new HashMap<>();

    private ZoneTree(Name origin, Map<Name, Map<Integer, RecordSet>> sets, Freshness freshness) {
        this.origin = origin;
        this.sets = sets;
        this.freshness = freshness;
        this.nothing = new Finding.NoData(freshness);
    }

    /**
     * The nodes of a zone.
     *
     * @param sets RRsets by owner and type, with an entry for every name between an owner and the apex
     * @param freshness what every finding carries
     */
    static Map<Name, ZoneNode> grow(Name origin, Map<Name, Map<Integer, RecordSet>> sets, Freshness freshness) {
        ZoneTree tree = new ZoneTree(origin, sets, freshness);
        List<Name> names = new ArrayList<>(sets.keySet());
        names.sort(Comparator.comparingInt(Name::labels));
        for (Name name : names) {
            tree.nodes.put(name, tree.node(name, sets.getOrDefault(name, Map.of())));
        }
        return tree.nodes;
    }

    private ZoneNode node(Name name, Map<Integer, RecordSet> here) {
        ZoneNode parent = name.equals(origin) ? null : nodes.get(new Name(name, 1));
        Finding inherited = parent == null ? null : parent.below();
        Finding below = inherited == null ? ownBelow(name, here) : inherited;
        List<Finding.Found> found = new ArrayList<>(here.size());
        for (RecordSet set : here.values()) {
            found.add(new Finding.Found(
                    set, WITH_ADDRESSES.contains(set.type()) ? additional(set) : List.of(), freshness));
        }
        RecordSet cname = here.get(Type.CNAME);
        return new ZoneNode(List.copyOf(found), alias(cname), below, inherited != null, nothing);
    }

    private @Nullable Finding ownBelow(Name name, Map<Integer, RecordSet> here) {
        RecordSet ns = here.get(Type.NS);
        if (ns != null && !name.equals(origin)) {
            return new Finding.Referral(ns, glue(ns), freshness);
        }
        RecordSet dname = here.get(Type.DNAME);
        return dname == null
                ? null
                : new Finding.Alias(dname, ((DNAMERecord) dname.records().get(0)).getTarget(), freshness);
    }

    private Finding.@Nullable Alias alias(@Nullable RecordSet cname) {
        return cname == null
                ? null
                : new Finding.Alias(cname, ((CNAMERecord) cname.records().get(0)).getTarget(), freshness);
    }

    /** In-domain and sibling glue, as far as the zone holds it (RFC 9471 section 2). */
    private List<RecordSet> glue(RecordSet ns) {
        List<RecordSet> addresses = new ArrayList<>();
        for (Record record : ns.records()) {
            addAddresses(record.getAdditionalName(), addresses);
        }
        return addresses;
    }

    /** Addresses that this zone may state: not those below a cut, which are the child's. */
    private List<RecordSet> additional(RecordSet set) {
        List<RecordSet> addresses = new ArrayList<>();
        for (Record record : set.records()) {
            Name target = record.getAdditionalName();
            if (target.subdomain(origin) && !isBelowCut(target)) {
                addAddresses(target, addresses);
            }
        }
        return addresses;
    }

    private void addAddresses(Name target, List<RecordSet> addresses) {
        Map<Integer, RecordSet> there = sets.getOrDefault(target, Map.of());
        for (int type : new int[] {Type.A, Type.AAAA}) {
            RecordSet set = there.get(type);
            if (set != null && !addresses.contains(set)) {
                addresses.add(set);
            }
        }
    }

    private boolean isBelowCut(Name name) {
        for (int skip = 0; skip < name.labels() - origin.labels(); skip++) {
            if (sets.getOrDefault(new Name(name, skip), Map.of()).containsKey(Type.NS)) {
                return true;
            }
        }
        return false;
    }
}
