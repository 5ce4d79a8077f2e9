/**
 * What was known of a cluster, kept in a file for the next start.
 *
 * <pre>
 *   ClusterObjects ──► ObjectWriter ──► SnapshotFile: magic, schema, source, time, objects, checksum
 *   ClusterObjects ◄── ObjectReader ◄── SnapshotFile: refused where one of them is not right, or it is too old
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.warm.SnapshotFile}.
 */
@NullMarked
package dev.waypost.kubernetes.warm;

import org.jspecify.annotations.NullMarked;
