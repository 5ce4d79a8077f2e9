package dev.waypost.kubernetes.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of object that DNS needs, and how it is read.
 *
 * @param <T> what it is read into
 */
public final class ResourceKind<T extends ApiObject> {
    /** The label of a slice that tells its service. */
    static final String SERVICE_NAME = "kubernetes.io/service-name";

    /** The label of a slice that has endpoints of an imported service, and tells its name. */
    static final String IMPORTED_SERVICE_NAME = "multicluster.kubernetes.io/service-name";

    private static final String FIELDS = "fieldSelector";
    private static final String LABELS = "labelSelector";
    private static final Names SLICE_NAMES = new Names("discovery.k8s.io", "EndpointSlice", "endpointslices");
    private static final String SLICES_PATH = "/apis/discovery.k8s.io/v1/endpointslices";

    /** Services, core/v1. */
    public static final ResourceKind<Service> SERVICES =
            new ResourceKind<>(new Names("", "Service", "services"), "/api/v1/services", ServiceFields::read);

    /** EndpointSlices, discovery.k8s.io/v1. */
    public static final ResourceKind<EndpointSlice> ENDPOINT_SLICES = endpointSlices(EndpointDetail.ALL);

    /** Namespaces, core/v1. */
    public static final ResourceKind<Namespace> NAMESPACES =
            new ResourceKind<>(new Names("", "Namespace", "namespaces"), "/api/v1/namespaces", NamespaceFields::read);

    /** Pods that have not ended, core/v1. */
    public static final ResourceKind<Pod> PODS = pods(true);

    /** ServiceImports, multicluster.x-k8s.io/v1alpha1: services that clusters of a set share. */
    public static final ResourceKind<Service> SERVICE_IMPORTS = new ResourceKind<>(
            new Names("multicluster.x-k8s.io", "ServiceImport", "serviceimports"),
            "/apis/multicluster.x-k8s.io/v1alpha1/serviceimports",
            ImportFields::read);

    /** EndpointSlices, discovery.k8s.io/v1, of such services. */
    public static final ResourceKind<EndpointSlice> IMPORTED_SLICES = importedSlices(EndpointDetail.ALL);

    /** All of them. */
    public static final List<ResourceKind<?>> ALL =
            List.of(NAMESPACES, SERVICES, ENDPOINT_SLICES, PODS, SERVICE_IMPORTS, IMPORTED_SLICES);

    private final Names names;
    private final String path;
    private final Fields<T> fields;
    private final Map<String, String> selection;
    private final Place place;

    private record Place(String namespace, String service) {
        static final Place EVERYWHERE = new Place("", "");
    }

    private record Names(String group, String kind, String resource) {}

    /** EndpointSlices of which no more is kept than is of use. */
    public static ResourceKind<EndpointSlice> endpointSlices(EndpointDetail detail) {
        return new ResourceKind<>(SLICE_NAMES, SLICES_PATH, document -> SliceFields.read(document, detail));
    }

    /** Pods that have not ended, with their labels or without. */
    public static ResourceKind<Pod> pods(boolean withLabels) {
        return new ResourceKind<>(
                new Names("", "Pod", "pods"),
                "/api/v1/pods",
                document -> PodFields.read(document, withLabels),
                Map.of(FIELDS, Pod.NOT_ENDED));
    }

    /** Slices of imported services, of which no more is kept than is of use. */
    public static ResourceKind<EndpointSlice> importedSlices(EndpointDetail detail) {
        return new ResourceKind<>(
                new Names(SLICE_NAMES.group(), SLICE_NAMES.kind(), "imported-endpointslices"),
                SLICES_PATH,
                document -> SliceFields.readImported(document, detail),
                Map.of(LABELS, IMPORTED_SERVICE_NAME));
    }

    private ResourceKind(Names names, String path, Fields<T> fields) {
        this(names, path, fields, Map.of());
    }

    private ResourceKind(Names names, String path, Fields<T> fields, Map<String, String> selection) {
        this(names, path, fields, selection, Place.EVERYWHERE);
    }

    private ResourceKind(Names names, String path, Fields<T> fields, Map<String, String> selection, Place place) {
        this.names = names;
        this.path = path;
        this.fields = fields;
        this.selection = Map.copyOf(selection);
        this.place = place;
    }

    /** Those objects of this kind that a selector means: the API server leaves the others away. */
    public ResourceKind<T> labelled(LabelSelector selector) {
        return selector.toString().isEmpty() ? this : narrowed(LABELS, selector.toString(), place);
    }

    private ResourceKind<T> narrowed(String parameter, String selector, Place narrower) {
        Map<String, String> narrowed = new HashMap<>(selection);
        narrowed.merge(parameter, selector, (fixed, chosen) -> fixed + "," + chosen);
        return new ResourceKind<>(names, path, fields, narrowed, narrower);
    }

    /** Those objects of this kind that are in one namespace. */
    public ResourceKind<T> within(String namespace) {
        int last = path.lastIndexOf('/');
        String home = path.substring(0, last) + "/namespaces/" + namespace + path.substring(last);
        return new ResourceKind<>(names, home, fields, selection, new Place(namespace, ""));
    }

    /** The one object of that name; in a namespace. */
    public ResourceKind<T> named(String name) {
        return narrowed(FIELDS, "metadata.name=" + name, new Place(place.namespace(), name));
    }

    /** Those slices that belong to a service; in a namespace. */
    public ResourceKind<T> ofService(String service) {
        return narrowed(LABELS, SERVICE_NAME + "=" + service, new Place(place.namespace(), service));
    }

    /** The {@code kind} of one object, e.g. {@code Service}. */
    public String kind() {
        return names.kind();
    }

    /** The plural that RBAC and URLs use, e.g. {@code services}; slices of imported services are told from others. */
    public String resource() {
        return names.resource();
    }

    /** Path of the list, from the API server's root: over all namespaces, or in one. */
    public String path() {
        return path;
    }

    /** What a list or a watch asks for besides: query parameters and their values. */
    public Map<String, String> selection() {
        return selection;
    }

    /** Whether an object of this apiVersion and kind is one: a Service of another API group is something else. */
    public boolean matches(String apiVersion, String objectKind) {
        int slash = apiVersion.indexOf('/');
        return names.kind().equals(objectKind) && names.group().equals(slash < 0 ? "" : apiVersion.substring(0, slash));
    }

    /** Whether an object of such labels is one: a slice is of an imported service where they say so. */
    public boolean isMeantBy(Map<String, String> labels) {
        return !IMPORTED_SERVICE_NAME.equals(selection.get(LABELS)) || labels.containsKey(IMPORTED_SERVICE_NAME);
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

    /** The one namespace it is in; empty for all. */
    public String namespace() {
        return place.namespace();
    }

    /** The one service it is about; empty for all. */
    public String service() {
        return place.service();
    }

    /** Where it is, for a person to read: empty for everywhere, {@code shop}, {@code shop/web}. */
    public String scope() {
        return namespace() + (service().isEmpty() ? "" : "/" + service());
    }

    /** For a person to read: {@code services}, {@code services in the namespace shop}. */
    @Override
    public String toString() {
        return names.resource() + (namespace().isEmpty() ? "" : " in the namespace " + namespace());
    }

    @FunctionalInterface
    private interface Fields<T> {
        T read(DocumentReader document) throws IOException;
    }
}
