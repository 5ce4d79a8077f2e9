/**
 * Serves an engine on the network.
 *
 * <pre>
 *   CorefileServer ── Corefile, reload ──► EnginePlan
 *        │
 *   DnsServer ── ListenPoint* ──► LocalListener* (one for each local address)
 *        │                          ├─ DatagramWorker*   one thread each, blocking receive        ┐
 *        │                          └─ StreamAcceptor ── StreamConnection*, all on one StreamLoop ┴─► WireResponder
 *        └── HttpEndpoint* ──► EndpointServer* (one for each HTTP address): /health /ready /metrics
 * </pre>
 *
 * <p>Sockets move bytes and decide nothing about DNS. Start reading at {@link dev.waypost.socket.DnsServer}.
 */
@NullMarked
package dev.waypost.socket;

import org.jspecify.annotations.NullMarked;
