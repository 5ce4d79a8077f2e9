/**
 * Other people's name servers, where they are installed, run for a test.
 *
 * <pre>
 *   Peer (nsd, knotd, named) ──► PeerServer, on a port of 127.0.0.1 ──► a test asks it, or it asks the test
 * </pre>
 *
 * Start reading at {@link dev.waypost.testing.peers.PeerServer}.
 */
@NullMarked
package dev.waypost.testing.peers;

import org.jspecify.annotations.NullMarked;
