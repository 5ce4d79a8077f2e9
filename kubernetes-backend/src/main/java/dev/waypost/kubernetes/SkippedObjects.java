package dev.waypost.kubernetes;

import dev.waypost.Metric;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What could not be used of the manifest files, since the backend was built.
 *
 * @param resource the plural, e.g. {@code services}; {@code objects} for those that say no kind
 * @param objects how many objects were passed over
 * @param parts how many endpoints, ports and addresses were left out of usable objects
 * @param last the last of both, with file, line and column
 */
public record SkippedObjects(String resource, long objects, long parts, String last) {
    SkippedObjects withObject(String fault) {
        return new SkippedObjects(resource, objects + 1, parts, fault);
    }

    SkippedObjects withPart(String fault) {
        return new SkippedObjects(resource, objects, parts + 1, fault);
    }

    void collect(Consumer<Metric> sink) {
        Map<String, String> labels = Map.of("resource", resource, "namespace", "");
        sink.accept(new Metric.Counter(
                "waypost_kubernetes_objects_skipped_total", "Objects that could not be used.", labels, objects));
        sink.accept(new Metric.Counter(
                "waypost_kubernetes_parts_left_out_total",
                "Endpoints, ports and addresses of usable objects that could not be used.",
                labels,
                parts));
    }
}
