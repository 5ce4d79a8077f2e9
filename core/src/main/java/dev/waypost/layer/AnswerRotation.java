package dev.waypost.layer;

import dev.waypost.Layer;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import org.xbill.DNS.Type;

/**
 * Lets the order of address and mail exchange records change from reply to reply (CoreDNS's {@code loadbalance
 * round_robin}).
 *
 * <p>It only marks the response: the order is chosen when a reply is rendered, also when an image is replayed. Aliases
 * keep their place in front. Immutable, and safe for any number of threads.
 */
public final class AnswerRotation implements Layer {
    /** Rotation of whatever the resolver underneath says. */
    public AnswerRotation() {}

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(query).map(AnswerRotation::marked);
    }

    private static Response marked(Response response) {
        boolean hasOrder =
                hasOrder(response.answer()) || hasOrder(response.authority()) || hasOrder(response.additional());
        return hasOrder ? response.withRotatable(true) : response;
    }

    private static boolean hasOrder(List<RecordSet> sets) {
        for (RecordSet set : sets) {
            int type = set.type();
            if (set.size() > 1 && (type == Type.A || type == Type.AAAA || type == Type.MX)) {
                return true;
            }
        }
        return false;
    }
}
