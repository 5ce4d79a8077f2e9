package dev.waypost.kubernetes.snapshot;

import dev.waypost.zone.Witness;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with its services, at one moment.
 *
 * @param known whether the Namespace object is there; without it nothing in the namespace has a name
 * @param services by name
 * @param existence broken when the namespace comes or goes
 * @param absent stands for every service that is not there; broken when one comes
 */
public record NamespaceNode(
        boolean known, PersistentMap<String, ServiceNode> services, Witness existence, Witness absent) {
    /** A namespace of which nothing is known yet. */
    static NamespaceNode unknown() {
        return new NamespaceNode(false, PersistentMap.empty(), new Witness(), new Witness());
    }

    /** A service that has its object, or null. */
    public @Nullable ServiceNode service(String name) {
        ServiceNode node = services.get(name);
        return node == null || node.service() == null ? null : node;
    }

    NamespaceNode with(String name, ServiceNode service) {
        return new NamespaceNode(known, services.with(name, service), existence, absent);
    }

    NamespaceNode without(String name) {
        return new NamespaceNode(known, services.without(name), existence, absent);
    }

    NamespaceNode withNewAbsent() {
        return new NamespaceNode(known, services, existence, new Witness());
    }
}
