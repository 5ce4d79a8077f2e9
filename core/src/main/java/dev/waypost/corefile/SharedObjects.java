package dev.waypost.corefile;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One object a type: what the plans of one host share from reload to reload, or the directives of one block. */
final class SharedObjects {
    private final Map<Class<?>, Object> objects = new HashMap<>();

    synchronized <T> T of(Class<T> type, Supplier<T> create) {
        Object present = objects.get(type);
        if (present == null) {
            present = create.get();
            objects.put(type, present);
        }
        return type.cast(present);
    }
}
