package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service with its endpoints, at one moment. Its one witness stands for every name at and below the service, those
 * that exist and those that do not.
 */
public final class ServiceNode {
    private final @Nullable Service service;
    private final PersistentMap<String, SliceNode> slices;
    private final EndpointNaming naming;
    private final Witness witness = new Witness();
    private volatile @Nullable Map<String, List<NamedEndpoint>> byName;

    private ServiceNode(@Nullable Service service, PersistentMap<String, SliceNode> slices, EndpointNaming naming) {
        this.service = service;
        this.slices = slices;
        this.naming = naming;
    }

    /** A service of which nothing is known yet. */
    static ServiceNode unknown(EndpointNaming naming) {
        return new ServiceNode(null, PersistentMap.empty(), naming);
    }

    /** The service's object; null where only slices are known, so that the service does not exist. */
    public @Nullable Service service() {
        return service;
    }

    /** Holds until anything at or below the service changes. */
    public Witness witness() {
        return witness;
    }

    /** Every address of every ready endpoint. */
    public List<NamedEndpoint> endpoints() {
        List<NamedEndpoint> all = new ArrayList<>();
        slices.forEach((name, slice) -> slice.forEach(all::add));
        return all;
    }

    /** Every address of the ready endpoints of one slice. */
    List<NamedEndpoint> endpointsOf(String sliceName) {
        SliceNode slice = slices.get(sliceName);
        List<NamedEndpoint> all = new ArrayList<>();
        if (slice != null) {
            slice.forEach(all::add);
        }
        return all;
    }

    /** The endpoints of one name, as {@link NamedEndpoint#name} has it; empty where there is none. */
    public List<NamedEndpoint> endpoints(String name) {
        Map<String, List<NamedEndpoint>> index = byName;
        if (index == null) {
            // Made at the first question: an event in a large service must not pay for names that nobody asks for.
            Map<String, List<NamedEndpoint>> made = new HashMap<>();
            endpoints()
                    .forEach(each -> made.computeIfAbsent(each.name(), any -> new ArrayList<>())
                            .add(each));
            byName = made;
            index = made;
        }
        List<NamedEndpoint> found = index.get(name);
        return found != null ? found : respelled(index, name);
    }

    /** An IPv6 address has many spellings, and each of them dashed names the endpoint that has no better name. */
    private static List<NamedEndpoint> respelled(Map<String, List<NamedEndpoint>> index, String name) {
        int dot = name.indexOf('.');
        String label = dot < 0 ? name : name.substring(0, dot);
        IpAddress address = IpAddress.parseDashed(label);
        return address == null
                ? List.of()
                : index.getOrDefault(address.dashed() + name.substring(label.length()), List.of());
    }

    /** Whether an endpoint is ready. */
    public boolean hasEndpoints() {
        return slices.anyMatch((name, slice) -> !slice.slice().endpoints().isEmpty());
    }

    /** The names an address has in one slice. */
    Collection<String> names(String sliceName, IpAddress address) {
        SliceNode slice = slices.get(sliceName);
        return slice == null ? List.of() : slice.names(address);
    }

    /** Gives every slice to the sink. */
    public void forEachSlice(Consumer<EndpointSlice> sink) {
        slices.forEach((name, slice) -> sink.accept(slice.slice()));
    }

    /** The objects it is made of, with their versions, for a person to read. */
    public List<String> basis() {
        List<String> objects = new ArrayList<>();
        if (service != null) {
            objects.add("Service " + told(service));
        }
        slices.forEach((name, slice) -> objects.add("EndpointSlice " + told(slice.slice())));
        return objects;
    }

    private static String told(ApiObject object) {
        ObjectKey key = object.key();
        String version = object.identity().version();
        return key.namespace() + "/" + key.name() + (version.isEmpty() ? "" : ", version " + version);
    }

    PersistentMap<String, SliceNode> slices() {
        return slices;
    }

    boolean isUnknown() {
        return service == null && slices.size() == 0;
    }

    ServiceNode with(@Nullable Service other) {
        return new ServiceNode(other, slices, naming);
    }

    ServiceNode with(EndpointSlice slice) {
        return new ServiceNode(service, slices.with(slice.key().name(), new SliceNode(slice, naming)), naming);
    }

    ServiceNode without(EndpointSlice slice) {
        return new ServiceNode(service, slices.without(slice.key().name()), naming);
    }

    ServiceNode renewed() {
        return new ServiceNode(service, slices, naming);
    }
}
