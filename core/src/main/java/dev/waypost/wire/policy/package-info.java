/**
 * How a server meets clients whose address nothing proves: a datagram's sender may be anybody.
 *
 * <pre>
 *   datagram ──► ServerCookies.read ── proven ────────────────────────────► answered
 *                     │ not proven
 *                     └─► RateLimiter.admits ── yes ──────────────────────► answered
 *                               │ no
 *                               └─► now and then TC or BADCOOKIE, else silence
 * </pre>
 *
 * Start reading at {@link dev.waypost.wire.policy.RateLimiter} and {@link dev.waypost.wire.policy.ServerCookies}.
 */
@NullMarked
package dev.waypost.wire.policy;

import org.jspecify.annotations.NullMarked;
