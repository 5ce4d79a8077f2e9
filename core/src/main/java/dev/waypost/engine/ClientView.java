package dev.waypost.engine;

import dev.waypost.Client;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import java.util.function.Predicate;

/**
 * Two views of the same names: what some clients are told, and what all others are. Neither is repeated to the others.
 *
 * @param clients who sees the inside
 */
record ClientView(Predicate<Client> clients, Resolver inside, Resolver outside) implements Resolver {
    @Override
    public Resolution resolve(Query query) {
        boolean isInside = clients.test(query.client());
        Freshness audience = Freshness.forClients(isInside ? clients : clients.negate());
        return new Fallthrough(audience).orElse(() -> (isInside ? inside : outside).resolve(query));
    }
}
