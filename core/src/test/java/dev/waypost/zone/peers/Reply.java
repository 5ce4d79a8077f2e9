package dev.waypost.zone.peers;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a reply says, fit to be compared: records as lines in lower case, the answer in its order, the rest sorted.
 *
 * @param rcode as {@link Rcode#string} has it
 * @param authoritative the AA bit
 */
record Reply(
        String rcode, boolean authoritative, List<String> answer, List<String> authority, List<String> additional) {
    static Reply of(Message message) {
        return new Reply(
                Rcode.string(message.getRcode()),
                message.getHeader().getFlag(Flags.AA),
                lines(message, Section.ANSWER),
                lines(message, Section.AUTHORITY),
                lines(message, Section.ADDITIONAL));
    }

    private static List<String> lines(Message message, int section) {
        return message.getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(Reply::line)
                .sorted()
                .collect(Collectors.toList());
    }

    /** A name as the lines have it. */
    static String text(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static String line(Record record) {
        String text = record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                + record.rdataToString();
        return text.toLowerCase(Locale.ROOT);
    }
}
