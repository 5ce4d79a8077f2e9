package dev.waypost.dnsjava;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.ExtendedError;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** dnsjava's messages to queries and back. */
final class Messages {
    /** Octets of an option's code and length (RFC 6891 section 6.1.2). */
    private static final int OPTION_HEAD = 4;

    /** What our OPT offers; nothing is sent, so any lawful size would do. */
    private static final int PAYLOAD_SIZE = 1232;

    /** Bits of the RCODE in the header; the others are in OPT (RFC 6891 section 6.1.3). */
    private static final int HEADER_RCODE_BITS = 4;

    private Messages() {}

    static boolean hasOneQuestion(Message message) {
        List<Record> questions = message.getSection(Section.QUESTION);
        return questions.size() == 1 && questions.get(0).getName().isAbsolute();
    }

    static Query query(Message message, long deadlineNanos) {
        Record question = message.getQuestion();
        return new Query(
                question.getName(),
                question.getType(),
                question.getDClass(),
                message.getHeader().getFlag(Flags.RD),
                message.getHeader().getFlag(Flags.CD),
                edns(message.getOPT()),
                Client.IN_PROCESS,
                deadlineNanos,
                List.of());
    }

    private static Edns edns(@Nullable OPTRecord opt) {
        if (opt == null) {
            return Edns.NONE;
        }
        List<EdnsOption> options = new ArrayList<>();
        for (EDNSOption option : opt.getOptions()) {
            byte[] wire = option.toWire();
            options.add(new EdnsOption(option.getCode(), Arrays.copyOfRange(wire, OPTION_HEAD, wire.length)));
        }
        return new Edns(true, opt.getPayloadSize(), (opt.getFlags() & ExtendedFlags.DO) != 0, options);
    }

    static Message reply(Message query, Response response) {
        Message reply = new Message(query.getHeader().getID());
        Header header = reply.getHeader();
        header.setOpcode(query.getHeader().getOpcode());
        header.setFlag(Flags.QR);
        flag(
                header,
                Flags.RD,
                response.envelope().recursionDesired().orElse(query.getHeader().getFlag(Flags.RD)));
        flag(header, Flags.CD, query.getHeader().getFlag(Flags.CD));
        flag(header, Flags.AA, response.authoritative());
        flag(header, Flags.RA, response.recursionAvailable());
        header.setRcode(response.rcode() & (1 << HEADER_RCODE_BITS) - 1);
        query.getSection(Section.QUESTION).forEach(question -> reply.addRecord(question, Section.QUESTION));
        add(reply, Section.ANSWER, response.answer());
        response.zone().ifPresent(sets -> {
            add(reply, Section.ANSWER, sets);
            add(reply, Section.ANSWER, response.answer()); // the SOA stands at both ends: RFC 5936 section 2.2
        });
        add(reply, Section.AUTHORITY, response.authority());
        add(reply, Section.ADDITIONAL, response.additional());
        if (query.getOPT() != null) {
            reply.addRecord(opt(query.getOPT(), response), Section.ADDITIONAL);
        }
        return reply;
    }

    private static void flag(Header header, int flag, boolean set) {
        if (set) {
            header.setFlag(flag);
        }
    }

    private static void add(Message reply, int section, Iterable<RecordSet> sets) {
        for (RecordSet set : sets) {
            set.records().forEach(each -> reply.addRecord(each, section));
        }
    }

    private static OPTRecord opt(OPTRecord asked, Response response) {
        List<EDNSOption> options = new ArrayList<>();
        for (EdnsOption option : response.envelope().options()) {
            options.add(new GenericEDNSOption(option.code(), option.content()));
        }
        for (ExtendedError error : response.extendedErrors()) {
            options.add(new ExtendedErrorCodeOption(error.infoCode(), error.text()));
        }
        int rcode = response.rcode() >> HEADER_RCODE_BITS;
        return new OPTRecord(PAYLOAD_SIZE, rcode, 0, asked.getFlags() & ExtendedFlags.DO, options);
    }
}
