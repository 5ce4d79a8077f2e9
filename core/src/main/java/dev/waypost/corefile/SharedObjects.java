package dev.waypost.corefile;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the plans of one host share from reload to reload: one object a type. */
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
