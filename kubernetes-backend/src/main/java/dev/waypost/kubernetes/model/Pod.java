package dev.waypost.kubernetes.model;

import java.util.List;
import java.util.Map;

/**
 * A pod.
 *
 * @param identity namespace and name
 * @param addresses of both families; empty before they are given, and once the pod has ended
 * @param leaving whether its deletion is under way
 * @param labels its labels; empty where they are not kept
 */
public record Pod(Identity identity, List<IpAddress> addresses, boolean leaving, Map<String, String> labels)
        implements ApiObject {
    /** What the API server is asked for: a pod that has ended gives its address back while its object stays. */
    static final String NOT_ENDED = "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

    public Pod {
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
    }

    /** A pod first seen while it is being deleted is not worth a name; one that is known keeps it to the end. */
    @Override
    public boolean comesNewly() {
        return !leaving;
    }

    @Override
    public boolean saysTheSameAs(ApiObject other) {
        return other instanceof Pod that
                && key().equals(that.key())
                && addresses.equals(that.addresses)
                && labels.equals(that.labels);
    }
}
