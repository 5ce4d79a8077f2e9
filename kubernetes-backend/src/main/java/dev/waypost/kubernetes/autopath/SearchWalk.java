package dev.waypost.kubernetes.autopath;

import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The names behind the first one, asked in turn for one query, until one exists.
 *
 * @param query as the client asked it
 * @param first the settled reply to the query's own name, which is missing
 * @param names what else the client would ask
 */
record SearchWalk(Query query, Resolver next, Resolution first, List<Name> names, Runnable found) {
    /** Goes on at a name; never blocks, however late the replies come. */
    Resolution from(int index, Tried tried) {
        return index == names.size()
                ? tried.over(first) // and the client searches on by itself
                : AutopathLayer.then(
                        next.resolve(query.withQname(names.get(index))), reply -> judge(reply, index, tried));
    }

    private Resolution judge(Resolution reply, int index, Tried tried) {
        Tried now = tried.and(reply);
        return switch (Verdict.of(reply)) {
            case EXISTS -> {
                found.run();
                yield now.over(alias((Response) reply));
            }
            case MISSING -> from(index + 1, now);
            case UNKNOWN -> now.over(first);
        };
    }

    /** Leads from the question to the first record of another owner; an answer without records needs no alias. */
    private Response alias(Response reply) {
        Optional<RecordSet> target = reply.answer().stream()
                .filter(set -> !set.owner().equals(query.qname()))
                .findFirst();
        if (target.isEmpty()) {
            return reply;
        }
        RecordSet led = target.get();
        List<RecordSet> answer = new ArrayList<>();
        answer.add(RecordSet.ofRdata(
                query.qname(), Type.CNAME, led.ttlSeconds(), List.of(led.owner().toWire())));
        answer.addAll(reply.answer());
        return reply.withAnswer(answer);
    }
}
