/**
 * A cluster's services as they are reached from outside it: zones of their own over the same snapshot.
 *
 * <pre>
 *   qname ──► OutsideName ──────────────┐
 *                                       ├──► ServiceZone ──► Finding     &lt;svc&gt;.&lt;ns&gt;.&lt;zone&gt;
 *   ClusterView ──► ClusterSnapshot ────┤
 *   qname ──► ReverseName ──► address ──┴──► AddressZone ──► Finding     PTR
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.external.ExternalZone}.
 */
@NullMarked
package dev.waypost.kubernetes.external;

import org.jspecify.annotations.NullMarked;
