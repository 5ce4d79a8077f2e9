package dev.waypost.kubernetes.zone;

import dev.waypost.Staleness;

/** How the cluster's state stands to the cluster itself. */
public interface Contact {
    /** Nothing to be in touch with: manifests, a cluster in memory. */
    Contact NONE = new Contact() {
        @Override
        public Staleness staleness() {
            return Staleness.FRESH;
        }

        @Override
        public String trouble() {
            return "";
        }
    };

    /** Since when the API has not been heard. */
    Staleness staleness();

    /** What went wrong last, for a person to read; empty while nothing does. */
    String trouble();
}
