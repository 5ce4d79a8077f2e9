package dev.waypost.forwarding.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reply messages to build scripts of, true ones and false ones. */
public final class Replies {
    private Replies() {}

    /** A record from {@code owner ttl type rdata}. */
    public static Record record(String text) {
        String[] words = text.split(" ", 4);
        try {
            return Record.fromString(
                    Name.fromString(words[0]),
                    Type.value(words[2]),
                    DClass.IN,
                    Long.parseLong(words[1]),
                    words[3],
                    Name.root);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(text, unreadable);
        }
    }

    /** An honest NOERROR reply with these records in ANSWER. */
    public static Message answer(ReceivedQuery query, String... records) {
        return with(reply(query, Rcode.NOERROR), Section.ANSWER, records);
    }

    /** An honest reply without records. */
    public static Message reply(ReceivedQuery query, int rcode) {
        Message reply = new Message(query.id());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.getHeader().setRcode(rcode);
        reply.addRecord(query.message().getQuestion(), Section.QUESTION);
        return reply;
    }

    /** Adds records to a section. */
    public static Message with(Message reply, int section, String... records) {
        Arrays.stream(records).forEach(each -> reply.addRecord(record(each), section));
        return reply;
    }

    /** The same reply with another question. */
    public static Message asking(Message reply, String qname, int qtype, int qclass) {
        reply.removeAllRecords(Section.QUESTION);
        reply.addRecord(Record.newRecord(Name.fromConstantString(qname), qtype, qclass), Section.QUESTION);
        return reply;
    }

    /** The same reply with another ID. */
    public static Message numbered(Message reply, int id) {
        reply.getHeader().setID(id);
        return reply;
    }

    /** The same reply with TC set and no records. */
    public static Message truncated(ReceivedQuery query) {
        Message reply = reply(query, Rcode.NOERROR);
        reply.getHeader().setFlag(Flags.TC);
        return reply;
    }

    /** A script that answers every query with these records, whatever was asked. */
    public static Script answering(String... records) {
        return (query, line) -> line.send(answer(query, records).toWire());
    }

    /** A script that answers every query with an RCODE. */
    public static Script refusing(int rcode) {
        return (query, line) -> line.send(reply(query, rcode).toWire());
    }

    /** A script that sends false replies in front of the true one. */
    public static Script behind(List<UnaryOperator<Message>> faults, String... records) {
        return (query, line) -> {
            for (UnaryOperator<Message> fault : faults) {
                line.send(fault.apply(answer(query, records)).toWire());
            }
            line.send(answer(query, records).toWire());
        };
    }
}
