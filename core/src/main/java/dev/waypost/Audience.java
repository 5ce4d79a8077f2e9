package dev.waypost;

import java.util.function.Predicate;

/** Holds for some clients and not for others, at any time. */
record Audience(Predicate<Client> clients) implements Freshness {
    @Override
    public boolean holdsAt(long nanoTime) {
        return true;
    }

    @Override
    public boolean holdsFor(Client client) {
        return clients.test(client);
    }

    @Override
    public boolean isForSome() {
        return true;
    }
}
