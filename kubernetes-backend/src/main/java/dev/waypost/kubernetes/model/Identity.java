package dev.waypost.kubernetes.model;

/**
 * Which object, and which state of it.
 *
 * @param key namespace and name; another object may have had them before
 * @param uid tells an object from a later one of the same name; empty in manifests
 * @param version the API's resourceVersion: opaque, compared for equality only; empty in manifests
 */
public record Identity(ObjectKey key, String uid, String version) {
    /** Whether both are one state of one object. */
    public boolean isSameState(Identity other) {
        return !version.isEmpty() && version.equals(other.version) && uid.equals(other.uid) && key.equals(other.key);
    }
}
