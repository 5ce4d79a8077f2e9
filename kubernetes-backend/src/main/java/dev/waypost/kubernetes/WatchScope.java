package dev.waypost.kubernetes;

import dev.waypost.kubernetes.model.EndpointDetail;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.model.Selection;
import dev.waypost.kubernetes.snapshot.Extent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a cluster behind an API is watched.
 *
 * @param source the cluster, for a person to read and to tell it from others
 * @param selection by labels
 * @param detail of endpoints
 * @param podLabels whether the labels of pods are kept
 * @param namespaces the only ones; empty for all
 */
record WatchScope(
        String source, Selection selection, EndpointDetail detail, boolean podLabels, Set<String> namespaces) {
    WatchScope {
        namespaces = Set.copyOf(namespaces);
    }

    /**
     * Which part of which cluster this is, and what is kept of it.
     *
     * @param kinds whose objects are kept
     */
    String description(List<ResourceKind<?>> kinds) {
        String labels = selection.objects().toString() + selection.namespaces();
        return source
                + (namespaces.isEmpty()
                        ? ""
                        : " " + namespaces.stream().sorted().toList())
                + (labels.isEmpty() ? "" : " " + labels)
                + kinds.stream().map(ResourceKind::resource).collect(Collectors.joining(", ", " (", kept() + ")"));
    }

    private String kept() {
        return (detail.podName() ? ", pod names" : "")
                + (detail.zone() ? ", zones" : "")
                + (detail.facts() ? ", attributes" : "")
                + (podLabels ? ", pod labels" : "");
    }

    /** What is listed, each by itself. */
    static List<Extent> extents(Set<String> namespaces) {
        return namespaces.isEmpty()
                ? List.of(Extent.ALL)
                : namespaces.stream().sorted().map(Extent::of).toList();
    }
}
