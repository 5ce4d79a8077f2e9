package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.Endpoint;
import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
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
    private final PersistentMap<String, EndpointSlice> slices;
    private final EndpointNaming naming;
    private final Witness witness = new Witness();
    private volatile @Nullable Map<String, List<NamedEndpoint>> byName;

    private ServiceNode(@Nullable Service service, PersistentMap<String, EndpointSlice> slices, EndpointNaming naming) {
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
        slices.forEach((name, slice) -> collect(slice, all));
        return all;
    }

    /** Every address of the ready endpoints of one slice. */
    List<NamedEndpoint> endpointsOf(String sliceName) {
        EndpointSlice slice = slices.get(sliceName);
        List<NamedEndpoint> all = new ArrayList<>();
        if (slice != null) {
            collect(slice, all);
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
        return slices.anyMatch((name, slice) -> !slice.endpoints().isEmpty());
    }

    /** The names an address has in one slice. */
    List<String> names(String sliceName, IpAddress address) {
        EndpointSlice slice = slices.get(sliceName);
        List<String> names = new ArrayList<>(1);
        if (slice != null) {
            for (Endpoint endpoint : slice.endpoints()) {
                String name = endpoint.addresses().contains(address) ? naming.name(slice, endpoint, address) : null;
                if (name != null && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Every address of one slice with its names, joined to a text that changes when one of them does. */
    static Map<IpAddress, String> naming(@Nullable EndpointSlice slice, EndpointNaming naming) {
        Map<IpAddress, String> names = new HashMap<>();
        if (slice != null) {
            for (Endpoint endpoint : slice.endpoints()) {
                endpoint.addresses()
                        .forEach(address -> names.merge(
                                address, naming.name(slice, endpoint, address), (one, other) -> one + " " + other));
            }
        }
        return names;
    }

    /** Gives every slice to the sink. */
    public void forEachSlice(Consumer<EndpointSlice> sink) {
        slices.forEach((name, slice) -> sink.accept(slice));
    }

    /** The objects it is made of, with their versions, for a person to read. */
    public List<String> basis() {
        List<String> objects = new ArrayList<>();
        if (service != null) {
            objects.add("Service " + told(service));
        }
        slices.forEach((name, slice) -> objects.add("EndpointSlice " + told(slice)));
        return objects;
    }

    private static String told(ApiObject object) {
        ObjectKey key = object.key();
        String version = object.identity().version();
        return key.namespace() + "/" + key.name() + (version.isEmpty() ? "" : ", version " + version);
    }

    PersistentMap<String, EndpointSlice> slices() {
        return slices;
    }

    boolean isUnknown() {
        return service == null && slices.size() == 0;
    }

    ServiceNode with(@Nullable Service other) {
        return new ServiceNode(other, slices, naming);
    }

    ServiceNode with(EndpointSlice slice) {
        return new ServiceNode(service, slices.with(slice.key().name(), slice), naming);
    }

    ServiceNode without(EndpointSlice slice) {
        return new ServiceNode(service, slices.without(slice.key().name()), naming);
    }

    ServiceNode renewed() {
        return new ServiceNode(service, slices, naming);
    }

    private void collect(EndpointSlice slice, List<NamedEndpoint> all) {
        for (Endpoint endpoint : slice.endpoints()) {
            for (IpAddress address : endpoint.addresses()) {
                String name = naming.name(slice, endpoint, address);
                all.add(new NamedEndpoint(name, address, endpoint.zone(), slice.ports()));
            }
        }
    }
}
