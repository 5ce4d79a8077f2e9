package dev.waypost.socket.transfer;

import dev.waypost.RecordSet;
import dev.waypost.tsig.TsigQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One word that a zone has changed (RFC 1996 section 3.7), and the check of its reply. For one thread. */
final class NotifyMessage {
    private static final SecureRandom IDS = new SecureRandom();

    private final int id = IDS.nextInt(1 << 16);
    private final Name zone;
    private final Optional<TsigQuery> signature;
    private final byte[] octets;

    NotifyMessage(RecordSet soa, NotifyTarget target) {
        this.zone = soa.owner();
        this.signature = target.key().map(key -> new TsigQuery(key, Clock.systemUTC()));
        this.octets = signed(unsigned(soa));
    }

    private byte[] unsigned(RecordSet soa) {
        Message message = new Message(id);
        message.getHeader().setOpcode(Opcode.NOTIFY);
        message.getHeader().setFlag(Flags.AA);
        message.addRecord(Record.newRecord(zone, Type.SOA, DClass.IN), Section.QUESTION);
        message.addRecord(soa.records().get(0), Section.ANSWER);
        return message.toWire();
    }

    private byte[] signed(byte[] message) {
        if (signature.isEmpty()) {
            return message;
        }
        byte[] space = Arrays.copyOf(message, message.length + signature.get().octets());
        return Arrays.copyOf(space, signature.get().sign(space, message.length));
    }

    ByteBuffer octets() {
        return ByteBuffer.wrap(octets);
    }

    /**
     * What a datagram answers.
     *
     * @return its RCODE; empty for one that answers something else, or is not signed as it must
     */
    Optional<String> rcode(byte[] reply) {
        try {
            Message message = new Message(reply);
            Record about = message.getQuestion();
            boolean ours = message.getHeader().getID() == id
                    && message.getHeader().getFlag(Flags.QR)
                    && message.getHeader().getOpcode() == Opcode.NOTIFY
                    && (about == null || about.getName().equals(zone));
            boolean believed = signature.isEmpty()
                    || signature.get().check(reply, reply.length).isEmpty();
            return ours && believed ? Optional.of(Rcode.string(message.getRcode())) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) { // dnsjava's parsers of rare types throw either
            return Optional.empty();
        }
    }
}
