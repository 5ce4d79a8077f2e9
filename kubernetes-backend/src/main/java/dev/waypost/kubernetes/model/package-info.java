/**
 * Kubernetes objects, trimmed to what DNS needs while they are being read.
 *
 * <pre>
 *   JSON bytes ──► JsonDocument ─┐
 *                                ├─ DocumentReader ──► ResourceKind.read ──► Service | EndpointSlice | Namespace | Pod
 *   YAML nodes ──► YamlDocument ─┘                                            │
 *                                                                             ▼
 *                                                                        ObjectStore
 * </pre>
 *
 * Start reading at {@link dev.waypost.kubernetes.model.ResourceKind}.
 */
@NullMarked
package dev.waypost.kubernetes.model;

import org.jspecify.annotations.NullMarked;
