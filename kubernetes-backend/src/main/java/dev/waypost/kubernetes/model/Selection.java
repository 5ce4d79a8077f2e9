package dev.waypost.kubernetes.model;

/**
 * Which objects of a cluster count.
 *
 * @param objects by the labels of Services, EndpointSlices and Pods themselves
 * @param namespaces by the labels of Namespaces
 */
public record Selection(LabelSelector objects, LabelSelector namespaces) {
    /** All of them. */
    public static final Selection ALL = new Selection(LabelSelector.ALL, LabelSelector.ALL);

    /** Which objects of one kind count. */
    public LabelSelector of(ResourceKind<?> kind) {
        return kind.equals(ResourceKind.NAMESPACES) ? namespaces : objects;
    }
}
