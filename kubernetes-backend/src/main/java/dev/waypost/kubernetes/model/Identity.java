package dev.waypost.kubernetes.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which object, and which state of it. Immutable; kept small, as there is one for every object of a cluster. */
public final class Identity {
    private static final int UUID_LENGTH = 36;
    private static final int MOST_DIGITS = 18;

    private final ObjectKey key;
    private final Object uid;
    private final Object version;

    /**
     * An identity.
     *
     * @param key namespace and name; another object may have had them before
     * @param uid tells an object from a later one of the same name; empty in manifests
     * @param version the API's resourceVersion: opaque, compared for equality only; empty in manifests
     */
    public Identity(ObjectKey key, String uid, String version) {
        this.key = key;
        this.uid = compactUid(uid);
        this.version = compactVersion(version);
    }

    /** A UUID as two numbers, where it is one in the form that it is written back in; else the text. */
    private static Object compactUid(String text) {
        if (text.length() != UUID_LENGTH) {
            return text;
        }
        try {
            UUID number = UUID.fromString(text);
            return number.toString().equals(text) ? number : text;
        } catch (IllegalArgumentException noUuid) {
            return text;
        }
    }

    /** A number, where the text is one in the form that it is written back in; else the text. */
    private static Object compactVersion(String text) {
        boolean plain = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && (text.charAt(0) != '0' || text.length() == 1)
                && WholeNumber.isDigits(text, 0);
        return plain ? Long.valueOf(text) : text;
    }

    /** Namespace and name. */
    public ObjectKey key() {
        return key;
    }

    /** What tells the object from a later one of the same name; empty in manifests. */
    public String uid() {
        return uid.toString();
    }

    /** The API's resourceVersion; empty in manifests. */
    public String version() {
        return version.toString();
    }

    /** Whether both are one state of one object. */
    public boolean isSameState(Identity other) {
        return !version.equals("") && version.equals(other.version) && isSameObject(other) && key.equals(other.key);
    }

    /** Whether both are states of one object. */
    public boolean isSameObject(Identity other) {
        return uid.equals(other.uid);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && key.equals(that.key)
                && uid.equals(that.uid)
                && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key + " " + uid + " " + version;
    }
}
