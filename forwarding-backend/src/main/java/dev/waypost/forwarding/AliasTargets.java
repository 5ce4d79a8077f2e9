package dev.waypost.forwarding;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Keeps an upstream from answering for names that are not its to answer, behind an alias: where the alias leads into a zone of
 * this engine, that zone answers; where it leads to another rule's names, that rule's upstream is asked (CVE-2021-25220).
 * Aliases that stay among the rule's own names are taken as the upstream follows them.
 */
final class AliasTargets {
    private final Resolver engine;

    /**
     * @param engine the whole engine
     */
    AliasTargets(Resolver engine) {
        this.engine = engine;
    }

    /**
     * The response, or its aliases up to the first that leads elsewhere and what is said there.
     *
     * @param own who brought the response
     */
    Resolution settle(Query query, Response response, Forwarder own) {
        if (query.qtype() == Type.CNAME || query.qtype() == Type.ANY) {
            return response;
        }
        Query at = query;
        Freshness stillOwn = Freshness.always();
        List<RecordSet> answer = response.answer();
        for (int i = 0; i < answer.size(); i++) {
            RecordSet set = answer.get(i);
            if (set.type() != Type.CNAME) {
                continue;
            }
            Name target = ((CNAMERecord) set.records().get(0)).getTarget();
            if (!at.mayFollow(target)) {
                break;
            }
            at = at.following(target);
            AliasProbe probe = new AliasProbe(target);
            Resolution there = probe.ask(engine, at);
            if (probe.reached() == own || isNobodys(there, probe)) {
                stillOwn = there instanceof Response mark ? stillOwn.and(mark.freshness()) : stillOwn;
                continue;
            }
            boolean known = probe.reached() == null && !probe.leadsBeyond();
            Response link = linkTo(response, i);
            return (known ? there : engine.resolve(at))
                    .map(end -> link.leadingTo(end).withRecursionAvailable(true));
        }
        return stillOwn == Freshness.always()
                ? response
                : response.withFreshness(response.freshness().and(stillOwn));
    }

    /** Nobody in the engine has the name: whoever follows the alias may ask anybody, and so may the upstream. */
    private static boolean isNobodys(Resolution there, AliasProbe probe) {
        return probe.reached() == null
                && !probe.leadsBeyond()
                && there instanceof Response response
                && response.rcode() == Rcode.REFUSED;
    }

    /** The aliases up to one of them, with its signature. */
    private static Response linkTo(Response response, int alias) {
        List<RecordSet> answer = response.answer();
        Name owner = answer.get(alias).owner();
        int end = alias + 1;
        while (end < answer.size() && answer.get(end).owner().equals(owner)) {
            end++;
        }
        return response.withRcode(Rcode.NOERROR)
                .withSections(answer.subList(0, end), List.of(), List.of())
                .withRotatable(false);
    }
}
