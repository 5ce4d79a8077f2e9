/**
 * What TLS listeners prove themselves by.
 *
 * <pre>
 *   cert.pem, key.pem, ca.pem ─► TlsFiles ─► TlsContext ─► SSLEngine for each stream
 *                                   ▲            │
 *                                   └─ ServerTls ┘  reads again what changed, keeps what works
 * </pre>
 *
 * Start reading at {@link dev.waypost.socket.tls.ServerTls}.
 */
@NullMarked
package dev.waypost.socket.tls;

import org.jspecify.annotations.NullMarked;
