package dev.waypost.kubernetes.zone;

/** Which names {@code <dashed-ip>.<ns>.pod} exist. */
public enum PodNames {
    /** None. */
    NONE,
    /** Those of all addresses, in every namespace that is there. */
    ANY_ADDRESS,
    /** Those of the addresses that a pod of the namespace has. */
    KNOWN_PODS
}
