package dev.waypost.kubernetes.model;

import java.util.Collection;

/**
 * Where the objects of one kind go as they are learned. What is stored is seen by the next look-up.
 *
 * @param <T> the kind
 */
public interface ObjectStore<T extends ApiObject> {
    /** Takes a whole list in one step: no name vanishes in between, and what the list does not hold is gone. */
    void replaceAll(Collection<T> objects);

    /** Takes one object, new or changed; the state already known is no change. */
    void put(T object);

    /**
     * Lets one object go. Nothing happens where it is not known, or where a later object has taken its name.
     *
     * @param object the last state
     */
    void remove(T object);
}
