package dev.waypost.forwarding.message;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What of a reply is believed: the aliases from the question on, the records of the asked type at their end, and for a
 * negative answer the SOA record of a zone above that end. Nothing else is served or remembered, because it is where
 * poison travels (RFC 2181 section 5.4.1; CVE-2024-25638, CVE-2025-40778, CVE-2025-11411).
 *
 * <p>A client that sets DO also gets the signatures over these, and for a negative answer the NSEC and NSEC3 records below
 * that SOA: they prove themselves (RFC 4035 section 3.1.3).
 */
public final class Belief {
    private static final Response NOTHING =
            Response.empty(Rcode.NOERROR, Freshness.uncached()).withRecursionAvailable(true);

    private final Question question;
    private final List<WireRecord> claimed;
    private final List<RecordSet> answer = new ArrayList<>();
    private final List<RecordSet> authority = new ArrayList<>();
    private final Set<Name> followed = new HashSet<>();
    private Name end;
    private boolean answered;

    private Belief(Question question, List<WireRecord> claimed) {
        this.question = question;
        this.claimed = claimed;
        this.end = question.qname();
    }

    /** A response from upstream without records. */
    public static Response failure(int rcode) {
        return rcode == Rcode.NOERROR ? NOTHING : NOTHING.withRcode(rcode);
    }

    /** The believed part of a reply as a response: no AA, RA set, not yet kept by any cache. */
    static Response in(Question question, int rcode, List<WireRecord> answer, List<WireRecord> authority)
            throws MalformedReply {
        if (!UpstreamReply.isAnswer(rcode)) {
            return failure(rcode);
        }
        Belief belief = new Belief(question, answer);
        belief.followAliases();
        if (!belief.answered) {
            belief.believeDenial(authority);
        }
        Response believed = failure(rcode).withSections(belief.answer, belief.authority, List.of());
        return belief.answered ? believed.withRotatable(true) : believed;
    }

    private void followAliases() throws MalformedReply {
        while (followed.size() <= Query.MAX_ALIASES && followed.add(end)) {
            List<WireRecord> direct = recordsOfQuestion();
            if (!direct.isEmpty()) {
                add(direct);
                answered = true;
                return;
            }
            Optional<WireRecord> dname =
                    claimed.stream().filter(this::redirectsEnd).findFirst();
            Optional<WireRecord> alias = claimed.stream()
                    .filter(each -> each.is(end, Type.CNAME) && inClass(each))
                    .findFirst();
            if (dname.isPresent()) {
                followDname(dname.get());
            } else if (alias.isPresent()) {
                add(List.of(alias.get()));
                end = alias.get().target();
            }
        }
    }

    private boolean inClass(WireRecord each) {
        return each.rrclass() == question.qclass();
    }

    private List<WireRecord> recordsOfQuestion() {
        List<WireRecord> found = new ArrayList<>();
        for (WireRecord each : claimed) {
            boolean wanted = each.type() == question.qtype() || question.qtype() == Type.ANY;
            if (wanted && each.owner().equals(end) && inClass(each)) {
                found.add(each);
            }
        }
        return found;
    }

    private boolean redirectsEnd(WireRecord each) {
        return each.type() == Type.DNAME
                && inClass(each)
                && end.subdomain(each.owner())
                && !end.equals(each.owner()); // the owner itself is not redirected: RFC 6672 section 2.3
    }

    private void followDname(WireRecord dname) throws MalformedReply {
        Name target;
        try {
            target = Name.concatenate(end.relativize(dname.owner()), dname.target());
        } catch (NameTooLongException tooLong) {
            return; // YXDOMAIN: RFC 6672 section 2.2
        }
        add(List.of(dname));
        // The alias beside a DNAME follows from it, so what the upstream sent as one does not matter: RFC 6672 section
        // 3.1.
        WireRecord alias = new WireRecord(end, Type.CNAME, dname.rrclass(), dname.ttlSeconds(), target.toWire());
        answer.add(RecordSet.of(alias.toRecord()));
        end = target;
    }

    /** Adds records of one owner to the answer, a set for each type, and the signatures over them for whoever wants them. */
    private void add(List<WireRecord> records) throws MalformedReply {
        answer.addAll(sets(records));
        if (question.dnssecOk() && question.qtype() != Type.RRSIG && question.qtype() != Type.ANY) {
            WireRecord first = records.get(0);
            answer.addAll(sets(claimed.stream()
                    .filter(each -> each.covers(first.owner(), first.type()))
                    .toList()));
        }
    }

    private void believeDenial(List<WireRecord> claims) throws MalformedReply {
        Optional<WireRecord> soa = claims.stream()
                .filter(each -> each.type() == Type.SOA && inClass(each) && end.subdomain(each.owner()))
                .findFirst();
        if (soa.isEmpty()) {
            return;
        }
        authority.addAll(sets(List.of(soa.get())));
        if (question.dnssecOk()) {
            Name zone = soa.get().owner();
            authority.addAll(sets(claims.stream()
                    .filter(each -> each.owner().subdomain(zone) && proves(each))
                    .toList()));
        }
    }

    private static boolean proves(WireRecord each) {
        int type = each.type() == Type.RRSIG ? each.coveredType() : each.type();
        return type == Type.NSEC || type == Type.NSEC3 || type == Type.SOA && each.type() == Type.RRSIG;
    }

    private static List<RecordSet> sets(List<WireRecord> records) throws MalformedReply {
        Map<List<Object>, Set<Record>> grouped = new LinkedHashMap<>();
        for (WireRecord each : records) {
            int covered = each.type() == Type.RRSIG ? each.coveredType() : 0;
            grouped.computeIfAbsent(
                            List.of(each.owner(), each.type(), each.rrclass(), covered), key -> new LinkedHashSet<>())
                    .add(each.toRecord()); // a record said twice is one record: RFC 2181 section 5
        }
        return grouped.values().stream()
                .map(set -> RecordSet.of(List.copyOf(set)))
                .toList();
    }
}
