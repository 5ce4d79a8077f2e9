package dev.waypost.kubernetes.manifest;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects of one kind with their labels, by key, in the order they came. For one thread. */
final class Shelf<T extends ApiObject> {
    private final Map<ObjectKey, Labelled<T>> objects = new LinkedHashMap<>();

    private record Labelled<T>(T object, Map<String, String> labels) {}

    void put(T object, Map<String, String> labels) {
        objects.put(object.key(), new Labelled<>(object, Map.copyOf(labels)));
    }

    void putIfAbsent(T object) {
        objects.putIfAbsent(object.key(), new Labelled<>(object, Map.of()));
    }

    void putAll(Shelf<T> other) {
        objects.putAll(other.objects);
    }

    void removeAll(Collection<ObjectKey> keys) {
        objects.keySet().removeAll(keys);
    }

    Set<ObjectKey> keys() {
        return objects.keySet();
    }

    List<T> matching(LabelSelector selector) {
        return objects.values().stream()
                .filter(each -> selector.matches(each.labels()))
                .map(Labelled::object)
                .toList();
    }
}
