/**
 * Bytes in, bytes out: reads a query or replays the image of a reply that is still true.
 *
 * <pre>
 *   query bytes ──► ImageTable ── hit ──► copy, patch ID, QNAME case, TTLs, rotation ──► reply bytes
 *                       │ miss
 *                       └─► QueryReader ──► WirePolicy ──► Route ──► Resolver ──► ReplyWriter ──► reply bytes (+ image)
 * </pre>
 *
 * This plane never decides what an answer is, only whether a message is a question. Start reading at {@link dev.waypost.wire.WireResponder}.
 */
@NullMarked
package dev.waypost.wire;

import org.jspecify.annotations.NullMarked;
