/**
 * Messages signed with a shared secret (TSIG, RFC 8945).
 *
 * <pre>
 *   a server:  query octets ──► TsigReply.check(…, TsigKeys) ──► who asks, or an error ──► sign(reply octets)*
 *   a client:  TsigQuery.sign(query octets) ──► verify(reply octets)*
 *
 *   TsigLayer: refuses questions that must be signed and are not
 * </pre>
 *
 * Start reading at {@link dev.waypost.tsig.TsigReply}.
 */
@NullMarked
package dev.waypost.tsig;

import org.jspecify.annotations.NullMarked;
