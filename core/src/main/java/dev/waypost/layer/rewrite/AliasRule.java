package dev.waypost.layer.rewrite;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Leads an alias elsewhere: replaces the target of a CNAME, and asks for what the new target has. */
public final class AliasRule implements RewriteRule {
    private final NameMatch match;
    private final String to;
    private final Resolver engine;

    /**
     * A rule for aliases.
     *
     * @param match targets to be replaced
     * @param to what takes the place of what matches, lower case
     * @param engine asked for the new target
     */
    public AliasRule(NameMatch match, String to, Resolver engine) {
        this.match = match;
        this.to = to;
        this.engine = engine;
    }

    @Override
    public Outcome apply(Query query) {
        return new Rewritten(query, resolution -> resolution.flatMap(response -> led(query, response)));
    }

    private Resolution led(Query query, Response response) {
        List<RecordSet> chain = new ArrayList<>();
        for (RecordSet set : response.answer()) {
            Optional<Name> target = set.type() == Type.CNAME ? newTarget(set) : Optional.empty();
            if (target.isPresent()) {
                chain.add(RecordSet.of(new CNAMERecord(set.owner(), set.rrclass(), set.ttlSeconds(), target.get())));
                return follow(query, target.get(), head(response, chain));
            }
            chain.add(set);
        }
        return response;
    }

    private Optional<Name> newTarget(RecordSet alias) {
        Name target = ((CNAMERecord) alias.records().get(0)).getTarget();
        return match.replaced(NameText.of(target), to).flatMap(NameText::parse).filter(other -> !other.equals(target));
    }

    /** The response up to the alias; what stood behind belongs to the old target. */
    private static Response head(Response response, List<RecordSet> chain) {
        return response.withRcode(Rcode.NOERROR)
                .withAnswer(chain)
                .withAuthority(List.of())
                .withAdditional(List.of());
    }

    private Resolution follow(Query query, Name target, Response head) {
        boolean aliasIsTheAnswer = query.qtype() == Type.CNAME || query.qtype() == Type.ANY;
        if (aliasIsTheAnswer || !query.mayFollow(target)) {
            return head;
        }
        return engine.resolve(query.following(target))
                .orElse(() -> Response.empty(Rcode.NOERROR, Freshness.always()))
                .map(head::leadingTo);
    }
}
