/**
 * The octets of one client's stream: messages in frames on the one side, a channel that does not block on the other.
 *
 * <pre>
 *   SocketChannel ─► ClientStream.receive ─► FrameBuffer ─► messages
 *   SocketChannel ◄─ ClientStream.send ◄── OutboundBuffer ◄─ replies
 *                     └─ PlainStream, TlsStream (an SSLEngine between the two)
 * </pre>
 *
 * Nothing here waits, knows a message or has a thread. Start reading at {@link dev.waypost.socket.stream.ClientStream}.
 */
@NullMarked
package dev.waypost.socket.stream;

import org.jspecify.annotations.NullMarked;
