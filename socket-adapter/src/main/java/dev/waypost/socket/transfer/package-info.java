/**
 * Zones from and to other name servers: what of a transfer needs sockets of its own.
 *
 * <pre>
 *   primary ◄── SOA, AXFR ── SecondaryZones ──► StaticZone, answered until it expires (RFC 1034 section 4.3.5)
 *      └────── NOTIFY ─────► SecondaryListener
 *
 *   secondaries ◄── NOTIFY ── NotifySender ◄── serials of the zones that TransferLayer gives away (RFC 1996)
 * </pre>
 *
 * Start reading at {@link dev.waypost.socket.transfer.SecondaryZones}.
 */
@NullMarked
package dev.waypost.socket.transfer;

import org.jspecify.annotations.NullMarked;
