/**
 * Carries one query to one upstream, over UDP, TCP, TLS or HTTPS, and tells its outcome; it neither chooses nor retries.
 *
 * <pre>
 *   Ask ──► UpstreamTransport ──► Outcome
 *             UdpTransport      a UdpExchange each: a socket, port and ID of its own for each query
 *             StreamTransport   a StreamConnection for many queries, plain (PlainStream) or under TLS (TlsStream)
 *             HttpsTransport    the JDK's HTTP/2 client
 *                  │
 *                IoLoop: one thread, its timers and channels
 * </pre>
 *
 * <p>Start reading at {@link dev.waypost.forwarding.transport.UpstreamTransport}.
 */
@NullMarked
package dev.waypost.forwarding.transport;

import org.jspecify.annotations.NullMarked;
