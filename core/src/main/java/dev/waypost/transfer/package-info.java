/**
 * Whole zones for other name servers: who may have which, and what is told (RFC 5936, RFC 1995).
 *
 * <pre>
 *   AXFR, IXFR ──► TransferLayer ── the rule of the nearest zone ──► TransferableSource.transfer() ──► Response
 *   all else  ───────────┴──► next                                   SOA, every RRset, SOA
 * </pre>
 *
 * <p>Writing the response as one message or many is the wire plane's. Start reading at {@link
 * dev.waypost.transfer.TransferLayer}.
 */
@NullMarked
package dev.waypost.transfer;

import org.jspecify.annotations.NullMarked;
