package dev.waypost.kubernetes.watch;

import io.kubernetes.client.openapi.Pair;
import java.util.List;

/**
 * How old a list may be, which decides where the API server takes it from.
 *
 * <p>Its watch cache serves {@link #ANY} and {@link #notOlderThan}; only {@link #LATEST} may cost etcd a quorum read, and
 * many clients that ask for that at once after a restart are the herd of kubernetes/kubernetes#85342. A list from the
 * cache may be older than the cluster is, and that is no fault here: the watch goes on from the list's own version and
 * brings whatever happened after it.
 *
 * @param version {@code 0} for any, empty for the latest, else the version that must be reached
 */
record ListAge(String version) {
    /** Whatever the server has at hand: enough for a first list, as nothing newer has been told yet. */
    static final ListAge ANY = new ListAge("0");

    /** As the cluster is now. */
    static final ListAge LATEST = new ListAge("");

    private static final String PAGE_ITEMS = "500";

    /** At least as new as a state that was told already: answers never go back in time. */
    static ListAge notOlderThan(String version) {
        return new ListAge(version);
    }

    /**
     * Adds the parameters of the first page of a list.
     *
     * @param paged whether it may come in pages
     */
    void addTo(List<Pair> query, boolean paged) {
        boolean known = !equals(ANY) && !equals(LATEST);
        if (!equals(LATEST)) {
            query.add(new Pair("resourceVersion", version));
        }
        if (known) {
            query.add(new Pair("resourceVersionMatch", "NotOlderThan"));
        }
        // A limit sends a list with a version past the cache to etcd; with "0" it does not, and serves where the cache
        // is off.
        if (paged && !known) {
            query.add(new Pair("limit", PAGE_ITEMS));
        }
    }

    /** Adds the parameters of a further page, which is as old as the first one. */
    static void addNextTo(List<Pair> query, String next) {
        query.add(new Pair("limit", PAGE_ITEMS));
        query.add(new Pair("continue", next));
    }

    /** Adds the parameters of a list that comes as the beginning of a watch; always from the watch cache. */
    void addStreamedTo(List<Pair> query) {
        query.add(new Pair("sendInitialEvents", "true"));
        query.add(new Pair("resourceVersionMatch", "NotOlderThan"));
        if (!equals(LATEST)) {
            query.add(new Pair("resourceVersion", version));
        }
    }
}
