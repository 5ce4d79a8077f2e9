package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.Endpoint;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A slice and the names of its endpoints; the same object until the slice changes, whatever becomes of its service. */
final class SliceNode {
    /** So many endpoints are looked through faster than an index of them is made. */
    private static final int FEW = 128;

    private final EndpointSlice slice;
    private final EndpointNaming naming;
    private volatile @Nullable Map<IpAddress, Collection<String>> byAddress;

    SliceNode(EndpointSlice slice, EndpointNaming naming) {
        this.slice = slice;
        this.naming = naming;
    }

    EndpointSlice slice() {
        return slice;
    }

    /** Shows every address of every endpoint. */
    void forEach(Consumer<NamedEndpoint> action) {
        for (Endpoint endpoint : slice.endpoints()) {
            for (IpAddress address : endpoint.addresses()) {
                String name = naming.name(slice, endpoint, address);
                action.accept(new NamedEndpoint(name, address, endpoint.zone(), slice.ports()));
            }
        }
    }

    /** The names of an address, each once. */
    Collection<String> names(IpAddress address) {
        return slice.endpoints().size() <= FEW
                ? lookedThrough(address)
                : namesByAddress().getOrDefault(address, List.of());
    }

    /** Whether an endpoint has an address. */
    boolean holds(IpAddress address) {
        if (slice.endpoints().size() > FEW) {
            return namesByAddress().containsKey(address);
        }
        for (Endpoint endpoint : slice.endpoints()) {
            if (endpoint.has(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The addresses whose names may not be the same in another state of the slice: of all endpoints but those that both
     * begin and end with. An event changes one endpoint of many.
     */
    Set<IpAddress> touched(SliceNode other) {
        List<Endpoint> mine = slice.endpoints();
        List<Endpoint> theirs = other.slice.endpoints();
        boolean alike = slice.cluster().equals(other.slice.cluster());
        int most = alike ? Math.min(mine.size(), theirs.size()) : 0;
        int head = 0;
        while (head < most && mine.get(head).equals(theirs.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && fromEnd(mine, tail).equals(fromEnd(theirs, tail))) {
            tail++;
        }
        Set<IpAddress> touched = new LinkedHashSet<>(2);
        for (int i = head; i < theirs.size() - tail; i++) {
            touched.addAll(theirs.get(i).addresses());
        }
        for (int i = head; i < mine.size() - tail; i++) {
            touched.addAll(mine.get(i).addresses());
        }
        return touched;
    }

    private static Endpoint fromEnd(List<Endpoint> endpoints, int index) {
        return endpoints.get(endpoints.size() - 1 - index);
    }

    private Collection<String> lookedThrough(IpAddress address) {
        Collection<String> names = new LinkedHashSet<>(2);
        for (Endpoint endpoint : slice.endpoints()) {
            if (endpoint.has(address)) {
                names.add(naming.name(slice, endpoint, address));
            }
        }
        return names;
    }

    /**
     * Every address with its names. Made at the first question: the API server lets a thousand endpoints into one slice, and a
     * file any number, all of them with one address perhaps.
     */
    private Map<IpAddress, Collection<String>> namesByAddress() {
        Map<IpAddress, Collection<String>> index = byAddress;
        if (index == null) {
            Map<IpAddress, Collection<String>> made = new HashMap<>();
            forEach(each -> made.merge(each.address(), List.of(each.name()), SliceNode::joined));
            byAddress = made;
            index = made;
        }
        return index;
    }

    /** Nearly every address has one name. */
    private static Collection<String> joined(Collection<String> names, Collection<String> more) {
        if (names.equals(more)) {
            return names;
        }
        Collection<String> all = names instanceof Set ? names : new LinkedHashSet<>(names);
        all.addAll(more);
        return all;
    }
}
