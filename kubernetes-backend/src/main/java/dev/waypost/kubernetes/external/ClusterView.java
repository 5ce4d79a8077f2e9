package dev.waypost.kubernetes.external;

import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.zone.Contact;
import dev.waypost.kubernetes.zone.ZoneSettings;

/**
 * The cluster that external zones show.
 *
 * @param state what is known of it
 * @param settings of its own zones: which namespaces are exposed, and where this server is asked
 * @param contact how what is known stands to the cluster
 */
public record ClusterView(ClusterState state, ZoneSettings settings, Contact contact) {}
