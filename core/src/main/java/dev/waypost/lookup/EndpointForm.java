package dev.waypost.lookup;

import dev.waypost.Freshness;
import java.util.List;
import org.xbill.DNS.Name;

/** Endpoints with their attributes, told by their source and not by records. */
enum EndpointForm implements Form<List<Endpoint>> {
    INSTANCE;

    @Override
    public Eventual<Answered<List<Endpoint>>> answer(
            Question<List<Endpoint>> question, List<Name> names, Surroundings surroundings) {
        Freshness freshness = Freshness.always();
        for (Name name : names) {
            Endpoints endpoints = surroundings.zones().endpoints(name);
            freshness = freshness.and(endpoints.freshness());
            if (!endpoints.all().isEmpty()) {
                Lookup<List<Endpoint>> found = new Lookup.Found<>(endpoints.all(), name, endpoints.staleness());
                return Eventual.of(new Answered<>(found, freshness));
            }
        }
        return Eventual.of(new Answered<>(new Lookup.NoSuchName<>(names), freshness));
    }

    @Override
    public String toString() {
        return "endpoints";
    }
}
