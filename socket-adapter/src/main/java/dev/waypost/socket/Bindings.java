package dev.waypost.socket;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is open, by what it was opened for. A change takes two steps: first all that is new is opened, and where that
 * fails nothing has changed; then the change is taken, and what is wanted no more is handed back to be closed.
 *
 * <p>Changed by one thread at a time, read by any.
 */
final class Bindings<K, V extends Closeable> {
    private volatile Map<K, V> open = Map.of();

    /** What is open now. */
    Collection<V> all() {
        return open.values();
    }

    /**
     * Opens what is wanted and not open yet.
     *
     * @param bind opens one, or gives nothing where it can be done without; what it throws undoes the change
     */
    Change stage(Set<K> wanted, Function<K, Optional<V>> bind) {
        Change change = new Change();
        try {
            for (K key : wanted) {
                V kept = open.get(key);
                if (kept == null) {
                    bind.apply(key).ifPresent(bound -> change.add(key, bound));
                } else {
                    change.next.put(key, kept);
                }
            }
            return change;
        } catch (RuntimeException refused) {
            change.undo();
            throw refused;
        }
    }

    /** New things opened, nothing given up yet. */
    final class Change {
        private final Map<K, V> next = new LinkedHashMap<>();
        private final List<V> added = new ArrayList<>();

        private void add(K key, V bound) {
            next.put(key, bound);
            added.add(bound);
        }

        /** What will be open, by what it was opened for. */
        Map<K, V> next() {
            return next;
        }

        /** What was not open before. */
        List<V> added() {
            return added;
        }

        /** Closes what is new. */
        void undo() {
            added.forEach(LocalListener::quietly);
        }

        /**
         * Takes the change.
         *
         * @return what is wanted no more, still open
         */
        List<V> take() {
            List<V> removed = new ArrayList<>(open.values());
            removed.removeAll(next.values());
            open = Collections.unmodifiableMap(new LinkedHashMap<>(next));
            return removed;
        }
    }
}
