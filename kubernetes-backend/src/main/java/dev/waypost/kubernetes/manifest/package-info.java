/**
 * Manifest files as a cluster: what {@code kubectl get -o yaml} writes or {@code kubectl apply} reads.
 *
 * <pre>
 *   file ──► ManifestReader ──► YamlDocument* ──► ManifestObjects ──► ObjectStore*
 *              (YAML, JSON, several documents, lists)
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.manifest.ManifestReader}.
 */
@NullMarked
package dev.waypost.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
