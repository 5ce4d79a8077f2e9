/**
 * A cluster as one immutable snapshot: a look-up reads one, an event makes the next by copying one path.
 *
 * <pre>
 *   ClusterState ── volatile ──► ClusterSnapshot
 *     (one writer at a time)       ├─ namespace ──► NamespaceNode ──► service ──► ServiceNode ── slices
 *          │                       └─ address   ──► AddressNode   ──► who has it
 *          └─ breaks the witnesses of replaced nodes, after the new snapshot is out
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.snapshot.ClusterState}.
 */
@NullMarked
package dev.waypost.kubernetes.snapshot;

import org.jspecify.annotations.NullMarked;
