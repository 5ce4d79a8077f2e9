package dev.waypost.wire;

/**
 * A reply of several messages, made one by one as its client takes them: a zone transfer (RFC 5936 section 2.2). So a
 * client that does not read leaves a zone unwritten, not written and waiting. For one thread at a time.
 */
public interface ReplyStream {
    /**
     * Writes the next message.
     *
     * @param space takes the message from index 0; 65535 octets
     * @return octets of the message; {@link WireResponder#SILENCE} behind the last one
     * @throws RuntimeException when the reply cannot go on; the client can only be told by closing its stream
     */
    int next(byte[] space);
}
