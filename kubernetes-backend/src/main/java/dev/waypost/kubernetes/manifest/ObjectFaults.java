package dev.waypost.kubernetes.manifest;

import dev.waypost.ConfigurationException;

/**
 * What becomes of a single object of a manifest that cannot be used. A text that is no manifest at all is refused in any
 * case.
 */
public interface ObjectFaults {
    /** Each is the end: a manifest that a program hands in is its own. */
    ObjectFaults REFUSED = new ObjectFaults() {
        @Override
        public void object(String resource, ConfigurationException fault) {
            throw fault;
        }

        @Override
        public void part(String resource, ConfigurationException fault) {
            throw fault;
        }
    };

    /**
     * An object is passed over, unless this throws.
     *
     * @param resource the plural of its kind; {@code objects} where it says none
     * @param fault with its place
     */
    void object(String resource, ConfigurationException fault);

    /** An endpoint, a port or an address is left out of its object, unless this throws. */
    void part(String resource, ConfigurationException fault);
}
