/**
 * What travels to an upstream and back: the question, the bytes made of it, and what of a reply is ours and believed.
 *
 * <pre>
 *   Question + QueryForm ──► UpstreamQuery ──► bytes
 *                                                │
 *   UpstreamReply ◄── Arrival.Ours ◄── MessageCursor
 *     └ Belief: what of it is taken          └ a bound on everything read; MalformedReply
 * </pre>
 *
 * <p>Start reading at {@link dev.waypost.forwarding.message.UpstreamReply}.
 */
@NullMarked
package dev.waypost.forwarding.message;

import org.jspecify.annotations.NullMarked;
