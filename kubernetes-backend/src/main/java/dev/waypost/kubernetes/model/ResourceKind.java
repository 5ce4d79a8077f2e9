package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.List;

/**
 * A kind of object that DNS needs, and how it is read.
 *
 * @param <T> what it is read into
 */
public final class ResourceKind<T extends ApiObject> {
    /** Services, core/v1. */
    public static final ResourceKind<Service> SERVICES =
            new ResourceKind<>("", "Service", "services", "/api/v1/services", ServiceFields::read);

    /** EndpointSlices, discovery.k8s.io/v1. */
    public static final ResourceKind<EndpointSlice> ENDPOINT_SLICES = new ResourceKind<>(
            "discovery.k8s.io",
            "EndpointSlice",
            "endpointslices",
            "/apis/discovery.k8s.io/v1/endpointslices",
            SliceFields::read);

    /** Namespaces, core/v1. */
    public static final ResourceKind<Namespace> NAMESPACES =
            new ResourceKind<>("", "Namespace", "namespaces", "/api/v1/namespaces", NamespaceFields::read);

    /** Pods that have not ended, core/v1. */
    public static final ResourceKind<Pod> PODS = new ResourceKind<>("", "Pod", "pods", "/api/v1/pods", PodFields::read);

    /** All of them, in the order in which a manifest's objects are stored. */
    public static final List<ResourceKind<?>> ALL = List.of(NAMESPACES, SERVICES, ENDPOINT_SLICES, PODS);

    private final String group;
    private final String kind;
    private final String resource;
    private final String path;
    private final Fields<T> fields;

    private ResourceKind(String group, String kind, String resource, String path, Fields<T> fields) {
        this.group = group;
        this.kind = kind;
        this.resource = resource;
        this.path = path;
        this.fields = fields;
    }

    /** The {@code kind} of one object, e.g. {@code Service}. */
    public String kind() {
        return kind;
    }

    /** The plural that RBAC and URLs use, e.g. {@code services}. */
    public String resource() {
        return resource;
    }

    /** Path of the list over all namespaces, from the API server's root. */
    public String path() {
        return path;
    }

    /** Which objects the API server leaves away by itself, as its field selectors say it; empty for none. */
    public String fieldSelector() {
        return this == PODS ? Pod.NOT_ENDED : "";
    }

    /** Whether an object of this apiVersion and kind is one: a Service of another API group is something else. */
    public boolean matches(String apiVersion, String objectKind) {
        int slash = apiVersion.indexOf('/');
        return kind.equals(objectKind) && group.equals(slash < 0 ? "" : apiVersion.substring(0, slash));
    }

    /**
     * Takes one object. Fields that DNS does not need are passed over.
     *
     * @param document stands before the object; is told of faults
     * @return the object; not to be used where the document was told of a fault
     */
    public T read(DocumentReader document) throws IOException {
        return fields.read(document);
    }

    @Override
    public String toString() {
        return resource;
    }

    @FunctionalInterface
    private interface Fields<T> {
        T read(DocumentReader document) throws IOException;
    }
}
