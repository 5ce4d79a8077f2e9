package dev.waypost.kubernetes;

import dev.waypost.kubernetes.zone.PodNames;

/** What names under {@code pod.<zone>} answer. */
public enum PodRecords {
    /** Nothing: no such name exists. */
    DISABLED,
    /** {@code <dashed-ip>.<ns>.pod} answers that address where the namespace exists, whether or not a pod has it. */
    INSECURE,
    /**
     * {@code <dashed-ip>.<ns>.pod} answers that address where a pod of the namespace has it, in any spelling and either
     * family. Watches all pods, for which the account needs {@code list} and {@code watch}.
     */
    VERIFIED;

    PodNames names() {
        return switch (this) {
            case DISABLED -> PodNames.NONE;
            case INSECURE -> PodNames.ANY_ADDRESS;
            case VERIFIED -> PodNames.KNOWN_PODS;
        };
    }
}
