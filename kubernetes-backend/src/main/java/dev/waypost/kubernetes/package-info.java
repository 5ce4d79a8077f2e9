/**
 * The Kubernetes API, or manifests, as DNS zones.
 *
 * <pre>
 *   KubernetesBackend ──► zones(): a RecordSource for each, over one snapshot
 *     ├─ inCluster(), kubeconfig(...), api(...)   lists and watches Services, EndpointSlices, Namespaces
 *     ├─ manifests(...)                           files, read again when poll() is called
 *     └─ inMemory()                               apply(...), replace(...), delete(...) while it runs
 *
 *   KubernetesBackend.external(...) ──► ExternalZones: the same services as they are reached from outside
 *
 *   packages:  model ◄── snapshot ◄── zone ◄── external   what is known, and how it answers
 *              model ◄── watch, manifest                  where it comes from
 *              snapshot, watch ◄── demand                 only what is asked for
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.KubernetesBackend}.
 */
@NullMarked
package dev.waypost.kubernetes;

import org.jspecify.annotations.NullMarked;
