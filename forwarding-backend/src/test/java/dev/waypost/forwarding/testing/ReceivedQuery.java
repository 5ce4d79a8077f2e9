package dev.waypost.forwarding.testing;

import org.xbill.DNS.Message;

/**
 * A query as an upstream saw it.
 *
 * @param sourcePort the port it came from
 * @param stream whether it came over TCP
 */
public record ReceivedQuery(Message message, int sourcePort, boolean stream) {
    /** The message ID. */
    public int id() {
        return message.getHeader().getID();
    }

    /** The name asked for. */
    public String qname() {
        return message.getQuestion().getName().toString();
    }

    /** The type asked for. */
    public int qtype() {
        return message.getQuestion().getType();
    }

    /** Whether it carries OPT. */
    public boolean hasEdns() {
        return message.getOPT() != null;
    }
}
