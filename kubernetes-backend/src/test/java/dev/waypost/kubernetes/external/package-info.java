/** Zone transcripts of a cluster's external zones: one file a topic, the objects beside the questions. */
@NullMarked
package dev.waypost.kubernetes.external;

import org.jspecify.annotations.NullMarked;
