package dev.waypost.kubernetes.zone;

import dev.waypost.zone.Standing;

/** How the cluster's state stands to the cluster itself. */
public interface Contact {
    /** Nothing to be in touch with: manifests, a cluster in memory. */
    Contact NONE = new Contact() {
        @Override
        public Standing standing(String namespace) {
            return Standing.IN_TOUCH;
        }

        @Override
        public String trouble() {
            return "";
        }
    };

    /**
     * What answers about a namespace carry besides: since when the API has not been heard.
     *
     * @param namespace empty for answers that depend on all of them
     */
    Standing standing(String namespace);

    /** What went wrong last, for a person to read; empty while nothing does. */
    String trouble();
}
