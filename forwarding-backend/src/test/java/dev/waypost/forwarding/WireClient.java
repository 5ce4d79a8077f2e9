package dev.waypost.forwarding;

import dev.waypost.Client;
import dev.waypost.Transport;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.Zones;
import dev.waypost.wire.ReplyPath;
import java.net.InetAddress;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A client of an engine's wire door that asks over UDP without EDNS. */
final class WireClient implements ReplyPath {
    private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), 40_000, Transport.UDP);

    /** The reply to an A question that is answered at once. */
    static byte[] ask(DnsEngine engine, String qname) {
        Message query = new Message(1);
        query.addRecord(Record.newRecord(Zones.name(qname), Type.A, DClass.IN), Section.QUESTION);
        byte[] reply = new byte[1232];
        byte[] wire = query.toWire();
        int length =
                engine.wire(engine.plan().listenPoints().get(0)).respond(wire, wire.length, reply, new WireClient());
        return Arrays.copyOf(reply, length);
    }

    @Override
    public Client client() {
        return CLIENT;
    }

    @Override
    public void send(byte[] reply) {
        throw new AssertionError("an answer from the cache comes at once");
    }
}
