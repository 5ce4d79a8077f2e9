package dev.waypost.kubernetes.snapshot;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.zone.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything is listed; a part is known once its list is complete.
 *
 * @param awaited the lists that are not
 */
record ListedCoverage(List<Coverage.Part> awaited) implements Coverage {
    ListedCoverage {
        awaited = List.copyOf(awaited);
    }

    /** Nothing is known of these. */
    static ListedCoverage awaiting(List<ResourceKind<?>> kinds, List<Extent> extents) {
        List<Part> parts = new ArrayList<>();
        for (ResourceKind<?> kind : kinds) {
            extents.forEach(extent -> parts.add(new Part(kind, extent)));
        }
        return new ListedCoverage(parts);
    }

    ListedCoverage without(ResourceKind<?> kind, Extent extent) {
        List<Part> rest = awaited.stream()
                .filter(part -> part.kind() != kind
                        || !extent.equals(Extent.ALL) && !part.extent().equals(extent))
                .toList();
        return rest.size() == awaited.size() ? this : new ListedCoverage(rest);
    }

    @Override
    public Finding missing(Extent asked, boolean there, Freshness freshness) {
        List<Part> lacking =
                awaited.stream().filter(part -> part.extent().meets(asked)).toList();
        return lacking.isEmpty() ? new Finding.NxDomain(freshness) : new Finding.NotReady(Coverage.waitingFor(lacking));
    }
}
