package dev.waypost.kubernetes.watch;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectKey;
import dev.waypost.kubernetes.model.ObjectStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objects of a list that comes as the beginning of a watch: held back until it is whole, so that a list which breaks
 * off changes nothing, and handed on one by one from then on. For one thread.
 */
final class StreamedList<T extends ApiObject> implements ObjectStore<T> {
    private final ObjectStore<T> store;
    private final RecordedList recorded;
    private Map<ObjectKey, T> gathered = new LinkedHashMap<>();
    private boolean whole;

    StreamedList(ObjectStore<T> store, RecordedList recorded) {
        this.store = store;
        this.recorded = recorded;
    }

    /** The list has ended: all of it is taken in one step. */
    void end() {
        store.replaceAll(gathered.values());
        recorded.end(gathered.size());
        gathered = Map.of();
        whole = true;
    }

    boolean isWhole() {
        return whole;
    }

    @Override
    public void replaceAll(Collection<T> objects) {
        throw new IllegalStateException("a stream brings single objects");
    }

    @Override
    public void put(T object) {
        if (whole) {
            store.put(object);
        } else {
            gathered.put(object.key(), object);
        }
    }

    @Override
    public void remove(T object) {
        if (whole) {
            store.remove(object);
        } else {
            gathered.remove(object.key());
        }
    }
}
