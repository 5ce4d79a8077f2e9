package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cluster at one moment. Immutable; what one look-up reads in it belongs together.
 *
 * @param pods which pods have which address; empty where pods are not learned
 * @param podLabels the labels of pods that have any; empty where they are not kept. No answer depends on them
 * @param external how services are reached from outside
 * @param serial of the SOA: 0 before the first change, then Unix seconds, and always more than before
 * @param coverage which parts of the cluster are known
 * @param changes broken by every change
 * @param absentNamespaces stands for every namespace that is not there
 * @param addressSet stands for every address that nobody has; broken when the set of addresses changes
 */
public record ClusterSnapshot(
        PersistentMap<String, NamespaceNode> namespaces,
        AddressTrie<AddressNode> addresses,
        PodIndex pods,
        PersistentMap<ObjectKey, Map<String, String>> podLabels,
        ExternalIndex external,
        long serial,
        Coverage coverage,
        Witness changes,
        Witness absentNamespaces,
        Witness addressSet) {
    static ClusterSnapshot empty(Coverage coverage) {
        return new ClusterSnapshot(
                PersistentMap.empty(),
                AddressTrie.empty(),
                PodIndex.empty(),
                PersistentMap.empty(),
                ExternalIndex.empty(),
                0,
                coverage,
                new Witness(),
                new Witness(),
                new Witness());
    }

    /**
     * Who has an address, as PTR records tell it.
     *
     * @param witness holds as long as the answer does
     */
    public record Owners(List<Owner> owners, Witness witness) {
        /** Copies the owners in. */
        public Owners {
            owners = List.copyOf(owners);
        }
    }

    /**
     * A service, or an endpoint of it.
     *
     * @param endpoint the endpoint's name below the service; empty for the service itself
     */
    public record Owner(String namespace, String service, String endpoint) {}

    /**
     * The pods that have an address.
     *
     * @param pods the one known longest first; more than one where they share their host's address
     * @param witness holds as long as the answer does
     */
    public record PodsAt(List<ObjectKey> pods, Witness witness) {
        /** Copies the pods in. */
        public PodsAt {
            pods = List.copyOf(pods);
        }
    }

    /** Which pods have an address, whatever their namespaces; none where pods are not learned. */
    public PodsAt podsAt(IpAddress address) {
        PodIndex.Holders holders = pods.holders(address);
        return new PodsAt(holders.pods(), holders.witness());
    }

    /** The labels of a pod; empty where it has none or they are not kept. */
    public Map<String, String> podLabels(ObjectKey pod) {
        Map<String, String> labels = podLabels.get(pod);
        return labels == null ? Map.of() : labels;
    }

    /** The first pod that has an address. */
    public Optional<ObjectKey> podOf(IpAddress address) {
        return pods.holders(address).pods().stream().findFirst();
    }

    /** A namespace whose object is there, or null. */
    public @Nullable NamespaceNode namespace(String name) {
        NamespaceNode node = namespaces.get(name);
        return node == null || !node.known() ? null : node;
    }

    /** What is waited for, for a person to read; empty where nothing is. */
    public String waitingFor() {
        return coverage.awaited().isEmpty() ? "" : Coverage.waitingFor(coverage.awaited());
    }

    /**
     * Who has an address: the first service whose ClusterIP it is, or else every endpoint that has it.
     *
     * @param exposed the namespaces that may be told
     */
    public Owners owners(IpAddress address, Predicate<String> exposed) {
        AddressNode node = addresses.get(address);
        if (node == null) {
            return new Owners(List.of(), addressSet);
        }
        return new Owners(visible(node, address, exposed), node.witness());
    }

    private List<Owner> visible(AddressNode node, IpAddress address, Predicate<String> exposed) {
        Set<Owner> endpoints = new LinkedHashSet<>();
        for (AddressOwner owner : node.owners()) {
            ServiceNode service = exposed.test(owner.namespace()) ? service(owner) : null;
            if (service != null && owner.isClusterIp()) {
                return List.of(new Owner(owner.namespace(), owner.service(), ""));
            }
            if (service != null && hasEndpointNames(service)) {
                service.names(owner.slice(), address)
                        .forEach(name -> endpoints.add(new Owner(owner.namespace(), owner.service(), name)));
            }
        }
        return List.copyOf(endpoints);
    }

    /** Nothing stands below an alias, whatever slices carry its service's name. */
    private static boolean hasEndpointNames(ServiceNode node) {
        Service service = node.service();
        return service != null && service.form() != Service.Form.EXTERNAL_NAME;
    }

    private @Nullable ServiceNode service(AddressOwner owner) {
        NamespaceNode namespace = namespace(owner.namespace());
        return namespace == null ? null : namespace.service(owner.service());
    }

    /**
     * A service that leads to an address.
     *
     * @param endpoints those of the one slice that holds the address
     */
    public record Front(Service service, List<NamedEndpoint> endpoints) {
        /** Copies the endpoints in. */
        public Front {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** The services with a slice that holds an address, one for each such slice; a ClusterIP is nobody's endpoint. */
    public List<Front> fronts(IpAddress address, Predicate<String> exposed) {
        AddressNode node = addresses.get(address);
        List<Front> fronts = new ArrayList<>();
        for (AddressOwner owner : node == null ? List.<AddressOwner>of() : node.owners()) {
            ServiceNode service = exposed.test(owner.namespace()) ? service(owner) : null;
            Service object = service == null ? null : service.service();
            if (service != null && object != null && !owner.isClusterIp()) {
                fronts.add(new Front(object, service.endpointsOf(owner.slice())));
            }
        }
        return fronts;
    }

    /**
     * Whether somebody has an address of a network, in bounded time: a network with very many addresses of which the first
     * ones may not be told counts as one that has.
     *
     * @param exposed the namespaces that may be told
     */
    public boolean hasAddress(AddressPrefix network, Predicate<String> exposed) {
        return addresses.anyUnder(
                network, (address, node) -> !visible(node, address, exposed).isEmpty());
    }

    /** Every service that is reached from outside at an address. */
    public Owners externalOwners(IpAddress address, Predicate<String> exposed) {
        AddressNode node = external.byAddress().get(address);
        return node == null
                ? new Owners(List.of(), external.absent())
                : new Owners(reachedBy(node, exposed), node.witness());
    }

    private List<Owner> reachedBy(AddressNode node, Predicate<String> exposed) {
        return node.owners().stream()
                .filter(owner -> exposed.test(owner.namespace()) && service(owner) != null)
                .map(owner -> new Owner(owner.namespace(), owner.service(), ""))
                .toList();
    }

    /** Whether a service is reached from outside at an address that passes the test. Looks at all of them. */
    public boolean hasExternalAddress(Predicate<IpAddress> test, Predicate<String> exposed) {
        return external.byAddress()
                .anyMatch((address, node) ->
                        test.test(address) && !reachedBy(node, exposed).isEmpty());
    }

    /**
     * Every service with its object, by namespace and name.
     *
     * @param exposed the namespaces that may be told
     */
    public List<Listed> services(Predicate<String> exposed) {
        List<Listed> all = new ArrayList<>();
        namespaces.forEach((name, namespace) -> {
            if (namespace.known() && exposed.test(name)) {
                namespace.services().forEach((service, node) -> {
                    Service object = node.service();
                    if (object != null) {
                        all.add(new Listed(object, node));
                    }
                });
            }
        });
        all.sort(Comparator.comparing((Listed each) -> each.service().key().namespace())
                .thenComparing(each -> each.service().key().name()));
        return all;
    }

    /** A service with its object. */
    public record Listed(Service service, ServiceNode node) {}

    /** Every address of a network that somebody has, in order. */
    public List<IpAddress> addressesOf(AddressPrefix network) {
        return addresses.under(network);
    }

    /** Every address at which a service is reached from outside, in order. */
    public List<IpAddress> externalAddresses() {
        List<IpAddress> all = new ArrayList<>();
        external.byAddress().forEach((address, node) -> all.add(address));
        all.sort(Comparator.comparing(IpAddress::toString));
        return all;
    }

    /**
     * All objects.
     *
     * @param kept the pods, of which a snapshot knows addresses and labels only
     */
    ClusterObjects objects(List<Pod> kept) {
        List<Namespace> known = new ArrayList<>();
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        namespaces.forEach((name, namespace) -> {
            if (namespace.known()) {
                known.add(Namespace.implied(name));
            }
            namespace.services().forEach((service, node) -> {
                Service object = node.service();
                if (object != null) {
                    services.add(object);
                }
                node.forEachSlice(slices::add);
            });
        });
        return new ClusterObjects(known, services, slices, kept);
    }
}
