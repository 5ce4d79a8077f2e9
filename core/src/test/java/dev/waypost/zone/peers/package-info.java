/**
 * Second opinions: the same zones in NSD, Knot and BIND, where they are installed, and in this library.
 *
 * <pre>
 *   Specimens (zones) ──► ServingPeer (nsd, knotd, named on 127.0.0.1) ──► Reply ─┐
 *          │                                                                     ├─► AgreedDifferences ──► equal?
 *          └────────────► DnsEngine, in this JVM ─────────────────────► Reply ───┘
 *                 ▲
 *             Questions (seeded)
 * </pre>
 */
@NullMarked
package dev.waypost.zone.peers;

import org.jspecify.annotations.NullMarked;
