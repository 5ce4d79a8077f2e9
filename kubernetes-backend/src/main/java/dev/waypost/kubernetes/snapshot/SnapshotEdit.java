package dev.waypost.kubernetes.snapshot;

import dev.waypost.kubernetes.model.EndpointSlice;
import dev.waypost.kubernetes.model.IpAddress;
import dev.waypost.kubernetes.model.Namespace;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.Pod;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Service;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The way from one snapshot to the next, and the witnesses to break once it is out. For one thread, for one step. */
final class SnapshotEdit {
    private final ClusterSnapshot before;
    private final EndpointNaming naming;
    private final List<Witness> outdated = new ArrayList<>();
    private PersistentMap<String, NamespaceNode> namespaces;
    private AddressTrie<AddressNode> addresses;
    private Coverage coverage;
    private Witness absentNamespaces;
    private Witness addressSet;
    private final PodEdit pods;
    private PersistentMap<ObjectKey, Map<String, String>> podLabels;
    private final ExternalEdit external;

    SnapshotEdit(ClusterSnapshot before, EndpointNaming naming) {
        this.before = before;
        this.naming = naming;
        this.namespaces = before.namespaces();
        this.addresses = before.addresses();
        this.coverage = before.coverage();
        this.absentNamespaces = before.absentNamespaces();
        this.addressSet = before.addressSet();
        this.pods = new PodEdit(before.pods(), outdated);
        this.podLabels = before.podLabels();
        this.external = new ExternalEdit(before.external(), outdated);
    }

    /** The next snapshot; the one before where nothing changed. */
    ClusterSnapshot next(long unixSeconds) {
        boolean changed =
                namespaces != before.namespaces() || addresses != before.addresses() || pods.index() != before.pods();
        if (!changed && coverage == before.coverage() && podLabels == before.podLabels()) {
            return before;
        }
        // Two changes in one second are two serials: RFC 1912 section 2.2 wants every change to be seen.
        long serial = changed ? Math.max(before.serial() + 1, unixSeconds) : before.serial();
        return new ClusterSnapshot(
                namespaces,
                addresses,
                pods.index(),
                podLabels,
                external.next(unixSeconds),
                serial,
                coverage,
                changed ? replaced(before.changes()) : before.changes(),
                absentNamespaces,
                addressSet);
    }

    /** Ends the answers that the new snapshot makes untrue. Call it once the new snapshot can be seen. */
    void breakOutdated() {
        outdated.forEach(Witness::breakNow);
    }

    private Witness replaced(Witness old) {
        outdated.add(old);
        return new Witness();
    }

    /** A list is complete. */
    void listed(ResourceKind<?> kind, Extent extent) {
        if (coverage instanceof ListedCoverage listed) {
            coverage = listed.without(kind, extent);
        }
    }

    void cover(Coverage other) {
        coverage = other;
    }

    /** Ends what was said of services, though nothing has changed: who still wants them asks again. */
    void renew(Extent extent) {
        NamespaceNode home = namespaces.get(extent.namespace());
        if (home != null) {
            List<String> names = new ArrayList<>();
            home.services().forEach((name, node) -> names.add(name));
            names.stream()
                    .filter(name ->
                            extent.service().isEmpty() || extent.service().equals(name))
                    .forEach(name -> changeService(extent.namespace(), name, false, ServiceNode::renewed));
        }
    }

    void namespace(@Nullable Namespace old, @Nullable Namespace now) {
        Namespace either = now != null ? now : old;
        if (either == null || old != null && now != null) {
            return; // a namespace has nothing that can change but its being there
        }
        String name = either.name();
        NamespaceNode node = namespaceNode(name);
        outdated.add(node.existence());
        outdated.add(node.absent());
        if (now != null) {
            absentNamespaces = replaced(absentNamespaces);
        }
        // All names of the namespace come or go with it, so none of their witnesses may outlive the step.
        PersistentMap<String, ServiceNode> services = renewed(node.services());
        namespaces = now == null && services.size() == 0
                ? namespaces.without(name)
                : namespaces.with(name, new NamespaceNode(now != null, services, new Witness(), new Witness()));
    }

    private PersistentMap<String, ServiceNode> renewed(PersistentMap<String, ServiceNode> services) {
        external.change();
        List<Map.Entry<String, ServiceNode>> nodes = new ArrayList<>();
        services.forEach((name, node) -> nodes.add(Map.entry(name, node)));
        PersistentMap<String, ServiceNode> all = services;
        for (Map.Entry<String, ServiceNode> entry : nodes) {
            ServiceNode node = entry.getValue();
            outdated.add(node.witness());
            all = all.with(entry.getKey(), node.renewed());
            renewAddresses(node);
        }
        return all;
    }

    /** Whether an address may be told depends on its service and namespace being there. */
    private void renewAddresses(ServiceNode node) {
        Service service = node.service();
        if (service != null) {
            service.clusterIps().forEach(address -> changeAddress(address, AddressNode::renewed));
            external.renew(service);
        }
        node.slices()
                .forEach((name, slice) -> slice.forEach(each -> changeAddress(each.address(), AddressNode::renewed)));
    }

    void service(@Nullable Service old, @Nullable Service now) {
        if (old != null && now != null && old.saysTheSameAs(now)) {
            return;
        }
        Service either = now != null ? now : old;
        if (either == null) {
            return;
        }
        String namespace = either.key().namespace();
        String name = either.key().name();
        boolean comes = old == null;
        changeService(namespace, name, comes, node -> node.with(now));
        external.service(old, now);
        AddressOwner owner = new AddressOwner(namespace, name, "");
        List<IpAddress> had = old == null ? List.of() : old.clusterIps();
        List<IpAddress> has = now == null ? List.of() : now.clusterIps();
        had.stream().filter(each -> !has.contains(each)).forEach(each -> disown(each, owner));
        has.stream().filter(each -> !had.contains(each)).forEach(each -> own(each, owner));
        if (old == null || now == null || old.form() != now.form()) {
            NamespaceNode home = namespaces.get(namespace);
            ServiceNode node = home == null ? null : home.services().get(name);
            if (node != null) {
                renewAddresses(node);
            }
        }
    }

    void slice(@Nullable EndpointSlice old, @Nullable EndpointSlice now) {
        if (old != null && now != null && old.saysTheSameAs(now)) {
            return;
        }
        boolean moved = old != null && now != null && !old.service().equals(now.service());
        if (moved) {
            slice(old, null);
            slice(null, now);
            return;
        }
        EndpointSlice either = now != null ? now : old;
        if (either == null || either.service().isEmpty()) {
            return;
        }
        String namespace = either.key().namespace();
        changeService(namespace, either.service(), false, node -> {
            external.endpointsOf(node.service());
            return now == null ? node.without(either) : node.with(now);
        });
        SliceNode before = new SliceNode(old != null ? old : either.withoutEndpoints(), naming);
        SliceNode after = new SliceNode(now != null ? now : either.withoutEndpoints(), naming);
        AddressOwner owner =
                new AddressOwner(namespace, either.service(), either.key().name());
        for (IpAddress address : after.touched(before)) {
            if (!after.holds(address)) {
                disown(address, owner);
            } else if (!before.holds(address) || !before.names(address).equals(after.names(address))) {
                own(address, owner);
            }
        }
    }

    void pod(@Nullable Pod old, @Nullable Pod now) {
        pods.pod(old, now);
        if (now != null && !now.labels().isEmpty()) {
            podLabels = podLabels.with(now.key(), now.labels());
        } else if (old != null) {
            podLabels = podLabels.without(old.key());
        }
    }

    private NamespaceNode namespaceNode(String name) {
        NamespaceNode node = namespaces.get(name);
        return node == null ? NamespaceNode.unknown() : node;
    }

    private void changeService(String namespace, String name, boolean comes, UnaryOperator<ServiceNode> change) {
        NamespaceNode home = namespaceNode(namespace);
        ServiceNode node = home.services().get(name);
        ServiceNode changed = change.apply(node == null ? ServiceNode.unknown(naming) : node);
        if (node != null) {
            outdated.add(node.witness());
        }
        NamespaceNode next = changed.isUnknown() ? home.without(name) : home.with(name, changed);
        if (comes) {
            outdated.add(next.absent());
            next = next.withNewAbsent();
        }
        namespaces = !next.known() && next.services().size() == 0
                ? namespaces.without(namespace)
                : namespaces.with(namespace, next);
    }

    private void own(IpAddress address, AddressOwner owner) {
        if (addresses.get(address) == null) {
            changeAddressSet();
            addresses = addresses.with(address, AddressNode.of(owner));
        } else {
            changeAddress(address, node -> node.with(owner));
        }
    }

    private void disown(IpAddress address, AddressOwner owner) {
        AddressNode node = addresses.get(address);
        if (node != null && node.isOnlyOf(owner)) {
            outdated.add(node.witness());
            changeAddressSet();
            addresses = addresses.without(address);
        } else {
            changeAddress(address, each -> each.without(owner));
        }
    }

    /** Once for all addresses of a step: the first list brings very many. */
    private void changeAddressSet() {
        if (addressSet == before.addressSet()) {
            addressSet = replaced(addressSet);
        }
    }

    private void changeAddress(IpAddress address, UnaryOperator<AddressNode> change) {
        AddressNode node = addresses.get(address);
        if (node != null) {
            outdated.add(node.witness());
            addresses = addresses.with(address, change.apply(node));
        }
    }
}
