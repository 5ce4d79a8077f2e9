package dev.waypost.tsig;

import dev.waypost.Client;
import dev.waypost.ExtendedError;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Refuses questions that must be signed and are not. Whether a signature is right was found out where the message was
 * read; here it is only asked whose it is.
 *
 * <p>Immutable, and safe for any number of threads.
 */
public final class TsigLayer implements Layer {
    private final List<Name> zones;
    private final IntPredicate types;
    private final Set<Name> keys;

    /**
     * A layer.
     *
     * @param zones questions for names at or below them
     * @param types which of these must be signed, by QTYPE
     * @param keys names of the keys that will do; every key that the server knows where empty
     */
    public TsigLayer(List<Name> zones, IntPredicate types, Set<Name> keys) {
        this.zones = List.copyOf(zones);
        this.types = types;
        this.keys = Set.copyOf(keys);
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> mustBeSigned(query) && !isSigned(query.client())
                ? Response.failure(Rcode.REFUSED, ExtendedError.PROHIBITED, "").withAnsweredBy("tsig")
                : next.resolve(query);
    }

    private boolean mustBeSigned(Query query) {
        return types.test(query.qtype()) && zones.stream().anyMatch(query.qname()::subdomain);
    }

    private boolean isSigned(Client client) {
        return client.key().filter(key -> keys.isEmpty() || keys.contains(key)).isPresent();
    }
}
