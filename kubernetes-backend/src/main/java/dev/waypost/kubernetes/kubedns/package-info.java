/**
 * kube-dns's ConfigMap, in the words of a Corefile.
 *
 * <pre>
 *   ConfigMap ──► ConfigMapReader ──► EmbeddedJson* ──► KubeDnsConfig ──► Corefile text ──► CorefilePlanner
 *                   (YAML, JSON)      (stubDomains, upstreamNameservers)
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.kubedns.KubeDnsConfig}.
 */
@NullMarked
package dev.waypost.kubernetes.kubedns;

import org.jspecify.annotations.NullMarked;
