/**
 * The Kubernetes API, listed and watched: one thread a resource, and the state of each to be read at any time.
 *
 * <pre>
 *   ClusterWatch ──► ResourceWatch (services)       ──► LIST page by page ──► ObjectStore.replaceAll
 *                ──► ResourceWatch (endpointslices)     WATCH events      ──► ObjectStore.put / remove
 *                ──► ResourceWatch (namespaces)         cut: resume; 410: list again; 401: new credentials
 *                        │
 *                        └──► ApiConnection ──► ApiAccess (in-cluster, kubeconfig, URL)
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.watch.ResourceWatch}.
 */
@NullMarked
package dev.waypost.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
