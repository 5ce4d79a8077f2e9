package dev.waypost.testing;

import dev.waypost.RecordSet;
import dev.waypost.zone.StaticZone;
import dev.waypost.zone.ZoneFileReader;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Small zones for tests. */
public final class Zones {
    private static final Pattern LONG_ZEROS = Pattern.compile("(?:\\b0:)+0\\b");

    private Zones() {}

    /** An absolute name. */
    public static Name name(String text) {
        return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
    }

    /**
     * A zone of the given lines of a master file (RFC 1035 section 5). Without a SOA among them it has one with TTL 3600 and
     * MINIMUM 60, and NS {@code ns.<origin>}.
     *
     * @param origin absolute, or relative to the root
     */
    public static StaticZone zone(String origin, String... lines) {
        String text = String.join("\n", lines);
        String head = text.contains(" SOA ")
                ? "$TTL 300\n"
                : "$TTL 300\n@ 3600 SOA ns hostmaster 1 7200 1800 86400 60\n@ NS ns\n";
        return ZoneFileReader.of(name(origin)).read(head + text + "\n", "zone " + origin);
    }

    /** A set of one record, {@code owner ttl type rdata}. */
    public static RecordSet set(String record) {
        String[] words = record.split(" +", 4);
        try {
            return RecordSet.of(Record.fromString(
                    name(words[0]), Type.value(words[2]), DClass.IN, Long.parseLong(words[1]), words[3], Name.root));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(record, unreadable);
        }
    }

    /** The records of a set as {@code owner ttl type rdata}, addresses as RFC 5952 writes them. */
    public static List<String> lines(RecordSet set) {
        String head = set.owner() + " " + set.ttlSeconds() + " " + Type.string(set.type()) + " ";
        return set.records().stream().map(record -> head + rdata(record)).collect(Collectors.toList());
    }

    private static String rdata(Record record) {
        String text = record.rdataToString();
        if (record.getType() != Type.AAAA) {
            return text;
        }
        return LONG_ZEROS
                .matcher(text)
                .results()
                .max(Comparator.comparingInt(run -> run.end() - run.start()))
                .map(run -> text.substring(0, run.start()) + "::" + text.substring(run.end()))
                .orElse(text)
                .replaceFirst(":{3,4}", "::");
    }
}
