package dev.waypost.kubernetes.autopath;

import dev.waypost.kubernetes.model.IpAddress;
import java.util.Optional;

/** Where the pods of a cluster are. Safe for any number of threads; never blocks. */
@FunctionalInterface
public interface PodNamespaces {
    /** The namespace of the pods with an address; empty where no pod is known to have it, or pods of several have. */
    Optional<String> namespaceOf(IpAddress address);
}
