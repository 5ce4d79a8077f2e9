/**
 * The engine: zones, layers and resolvers put together by a plan, and the doors to them.
 *
 * <pre>
 *   EnginePlan ── ZonePlan* (origin, listen points, resolver, observers)
 *       │         Lifecycle*, PeriodicTask*, MetricSource*, attachments
 *       ▼
 *   DnsEngine ──► resolve(query)          this JVM
 *             ──► wire(listenPoint)       sockets
 *             ──► lookup(name)            addresses, with a search list
 * </pre>
 *
 * Start reading at {@link dev.waypost.engine.DnsEngine}.
 */
@NullMarked
package dev.waypost.engine;

import org.jspecify.annotations.NullMarked;
