package dev.waypost.layer.rewrite;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Changes names in all sections of a response. */
final class ResponseNames {
    private ResponseNames() {}

    /** The response with its owners changed. */
    static Response withOwners(Response response, UnaryOperator<Name> change) {
        return changed(response, set -> {
            Name owner = change.apply(set.owner());
            return owner == set.owner() ? set : set.withOwner(owner);
        });
    }

    /** The response with the names that its records hold changed. */
    static Response withValues(Response response, UnaryOperator<Name> change) {
        return changed(response, set -> holdsNames(set.type()) ? withValues(set, change) : set);
    }

    private static Response changed(Response response, UnaryOperator<RecordSet> change) {
        return response.withAnswer(changed(response.answer(), change))
                .withAuthority(changed(response.authority(), change))
                .withAdditional(changed(response.additional(), change));
    }

    private static List<RecordSet> changed(List<RecordSet> sets, UnaryOperator<RecordSet> change) {
        return sets.stream().map(change).toList();
    }

    private static boolean holdsNames(int type) {
        return switch (type) {
            case Type.CNAME, Type.DNAME, Type.SOA, Type.SRV, Type.MX, Type.NAPTR, Type.NS, Type.PTR -> true;
            default -> false;
        };
    }

    private static RecordSet withValues(RecordSet set, UnaryOperator<Name> change) {
        return RecordSet.of(
                set.records().stream().map(record -> withValue(record, change)).toList());
    }

    private static Record withValue(Record record, UnaryOperator<Name> change) {
        Name owner = record.getName();
        int rrclass = record.getDClass();
        long ttl = record.getTTL();
        if (record instanceof CNAMERecord alias) {
            return new CNAMERecord(owner, rrclass, ttl, change.apply(alias.getTarget()));
        }
        if (record instanceof DNAMERecord alias) {
            return new DNAMERecord(owner, rrclass, ttl, change.apply(alias.getTarget()));
        }
        if (record instanceof NSRecord server) {
            return new NSRecord(owner, rrclass, ttl, change.apply(server.getTarget()));
        }
        if (record instanceof PTRRecord pointer) {
            return new PTRRecord(owner, rrclass, ttl, change.apply(pointer.getTarget()));
        }
        if (record instanceof MXRecord mail) {
            return new MXRecord(owner, rrclass, ttl, mail.getPriority(), change.apply(mail.getTarget()));
        }
        return withLongerValue(record, change);
    }

    private static Record withLongerValue(Record record, UnaryOperator<Name> change) {
        Name owner = record.getName();
        int rrclass = record.getDClass();
        long ttl = record.getTTL();
        if (record instanceof SRVRecord srv) {
            Name target = change.apply(srv.getTarget());
            return new SRVRecord(owner, rrclass, ttl, srv.getPriority(), srv.getWeight(), srv.getPort(), target);
        }
        if (record instanceof SOARecord soa) {
            return new SOARecord(
                    owner,
                    rrclass,
                    ttl,
                    change.apply(soa.getHost()),
                    soa.getAdmin(), // a mailbox, not a host
                    soa.getSerial(),
                    soa.getRefresh(),
                    soa.getRetry(),
                    soa.getExpire(),
                    soa.getMinimum());
        }
        if (record instanceof NAPTRRecord naptr) {
            return new NAPTRRecord(
                    owner,
                    rrclass,
                    ttl,
                    naptr.getOrder(),
                    naptr.getPreference(),
                    naptr.getFlags(),
                    naptr.getService(),
                    naptr.getRegexp(),
                    change.apply(naptr.getReplacement()));
        }
        return record;
    }
}
