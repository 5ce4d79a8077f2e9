/**
 * The records of a cluster's zones: the name grammar, and what each kind of name holds.
 *
 * <pre>
 *   qname ──► NameGrammar ──► ClusterName ──┐
 *                                           ├──► ClusterZone ──► Finding     svc and pod names
 *   ClusterState.snapshot() ────────────────┤
 *   qname ──► ReverseName ──► IpAddress ────┴──► ReverseZone ──► Finding     PTR
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.zone.NameGrammar}.
 */
@NullMarked
package dev.waypost.kubernetes.zone;

import org.jspecify.annotations.NullMarked;
