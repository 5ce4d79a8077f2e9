package dev.waypost.kubernetes.demand;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.snapshot.Coverage;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.zone.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a cluster is held at one moment.
 *
 * @param watch is asked for the rest
 */
record DemandCoverage(Map<Wanted, Held> held, DemandWatch watch) implements Coverage {
    DemandCoverage {
        held = Map.copyOf(held);
    }

    /** Nothing is waited for that nobody asks for. */
    @Override
    public List<Part> awaited() {
        return List.of();
    }

    /** What nobody asks for is never known. */
    @Override
    public boolean isWhole() {
        return false;
    }

    /** An address is nobody's as far as is held: no single request could tell whose it is, and what arrives ends the "no". */
    @Override
    public Finding missing(Extent asked, boolean there, Freshness freshness) {
        if (asked.equals(Extent.ALL)) {
            return new Finding.NxDomain(freshness);
        }
        Wanted wanted = asked.service().isEmpty()
                ? Wanted.namespace(asked.namespace())
                : there ? Wanted.slices(asked) : Wanted.service(asked);
        return holding(wanted)
                .<Finding>map(known -> new Finding.NxDomain(freshness.and(known.witness())))
                .orElseGet(() -> watch.unknown(wanted, freshness));
    }

    /** What is held of something wanted: itself, or all of its namespace. */
    Optional<Held> holding(Wanted wanted) {
        Held itself = held.get(wanted);
        return Optional.ofNullable(itself != null ? itself : held.get(wanted.wide()));
    }

    @Override
    public void asked(String namespace, String service) {
        Extent extent = new Extent(namespace, service);
        holding(Wanted.service(extent)).ifPresent(Held::ask);
        holding(Wanted.slices(extent)).ifPresent(Held::ask);
    }
}
