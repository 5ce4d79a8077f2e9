package dev.waypost.zone;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Turns the entries of one zone file into records: origin, TTL and owner as they stand at each line. For one thread. */
final class ZoneFileParser {
    private static final Pattern TTL = Pattern.compile("(?:\\d+[smhdwSMHDW]?)+");
    private static final Pattern TTL_PART = Pattern.compile("(\\d+)([smhdwSMHDW]?)");
    private static final long MOST_SECONDS = Integer.MAX_VALUE;

    /** dnsjava's tokenizer puts its own file name and line, of the one entry, before what it says. */
    private static final Pattern DNSJAVA_PLACE = Pattern.compile("^<[^>]*>:\\d+: ");

    private final ZoneContents contents;
    private final ZoneReading reading;
    private Name origin;
    private @Nullable Name owner;
    private @Nullable Long defaultTtl;
    private @Nullable Long lastTtl;

    /**
     * @param reading where {@code $INCLUDE} finds its files
     */
    ZoneFileParser(ZoneContents contents, ZoneReading reading) {
        this.contents = contents;
        this.reading = reading;
        this.origin = contents.origin();
    }

    void take(ZoneFileEntry entry) {
        ZoneFileWord first = entry.first();
        if (!entry.ownerOmitted() && !first.quoted() && first.text().startsWith("$")) {
            directive(entry);
        } else {
            record(entry);
        }
    }

    private void directive(ZoneFileEntry entry) {
        ZoneFileWord name = entry.first();
        switch (name.text().toUpperCase(Locale.ROOT)) {
            case "$ORIGIN" -> origin = name(onlyArgument(entry));
            case "$TTL" -> defaultTtl = ttl(onlyArgument(entry));
            case "$INCLUDE" -> include(entry);
            case "$GENERATE" -> generate(entry);
            default ->
                throw name.fault(
                        "a directive wants to be $ORIGIN, $TTL, $INCLUDE or $GENERATE, found \"" + name.text() + "\"");
        }
    }

    /** The file's origin and owner end with it, its {@code $TTL} does not: as BIND and NSD have it. */
    private void include(ZoneFileEntry entry) {
        List<ZoneFileWord> words = entry.words();
        if (words.size() < 2 || words.size() > 3) {
            throw words.get(words.size() > 3 ? 3 : 0)
                    .fault("$INCLUDE wants a file and perhaps an origin, found " + (words.size() - 1) + " values");
        }
        Name ownOrigin = origin;
        Name ownOwner = owner;
        if (words.size() > 2) {
            origin = name(words.get(2));
        }
        reading.include(words.get(1), this);
        origin = ownOrigin;
        owner = ownOwner;
    }

    private void generate(ZoneFileEntry entry) {
        GeneratedEntries entries = new GeneratedEntries(entry);
        reading.generate(entry.first(), entries.count());
        Name ownOwner = owner;
        for (int i = 0; i < entries.count(); i++) {
            record(entries.entry(i));
        }
        owner = ownOwner;
    }

    private static ZoneFileWord onlyArgument(ZoneFileEntry entry) {
        List<ZoneFileWord> words = entry.words();
        if (words.size() != 2) {
            throw words.get(words.size() > 2 ? 2 : 0)
                    .fault(entry.first().text() + " wants one value, found " + (words.size() - 1));
        }
        return words.get(1);
    }

    private void record(ZoneFileEntry entry) {
        Words words = new Words(entry);
        Name recordOwner = owner(entry, words);
        Long ownTtl = null;
        boolean classSeen = false;
        // TTL and class stand in either order, each at most once: RFC 1035 section 5.1.
        while (words.hasNext()) {
            ZoneFileWord word = words.peek();
            if (ownTtl == null && TTL.matcher(word.text()).matches()) {
                ownTtl = ttl(words.take("a type"));
            } else if (!classSeen && DClass.value(word.text()) >= 0) {
                wantIn(words.take("a type"));
                classSeen = true;
            } else {
                break;
            }
        }
        contents.add(
                record(recordOwner, words, ownTtl),
                new Place(entry.first().source(), entry.first().line()));
    }

    private Name owner(ZoneFileEntry entry, Words words) {
        if (!entry.ownerOmitted()) {
            owner = name(words.take("an owner"));
        }
        if (owner == null) {
            throw entry.first().fault("a record wants an owner, found white space and no owner before it");
        }
        return owner;
    }

    private static void wantIn(ZoneFileWord word) {
        if (DClass.value(word.text()) != DClass.IN) {
            throw word.fault("a zone wants records of class IN, found \"" + word.text() + "\"");
        }
    }

    private Record record(Name recordOwner, Words words, @Nullable Long ownTtl) {
        ZoneFileWord typeWord = words.take("a type");
        int type = typeWord.quoted() ? -1 : Type.value(typeWord.text());
        if (type < 0) {
            throw typeWord.fault("a record wants a type as A, MX or TYPE65280, found \"" + typeWord.text() + "\"");
        }
        if (!words.hasNext() && type != Type.APL) { // no other text form may be empty
            throw typeWord.fault(Type.string(type) + " wants RDATA of its form, found the end of the entry");
        }
        ZoneFileWord place = words.hasNext() ? words.peek() : typeWord;
        String rdata = words.rest();
        if (ownTtl != null) {
            lastTtl = ownTtl;
            return parsed(recordOwner, type, ownTtl, rdata, place);
        }
        Long ttl = defaultTtl != null ? defaultTtl : lastTtl;
        if (ttl == null && type == Type.SOA) {
            // Files from before RFC 2308 section 4 have their default TTL in the SOA's last field.
            ttl = Math.min(MOST_SECONDS, ((SOARecord) parsed(recordOwner, type, 0, rdata, place)).getMinimum());
            lastTtl = ttl;
        }
        if (ttl == null) {
            throw typeWord.fault("a record wants a TTL, found none, and no $TTL before it");
        }
        return parsed(recordOwner, type, ttl, rdata, place);
    }

    private Record parsed(Name recordOwner, int type, long ttl, String rdata, ZoneFileWord place) {
        try {
            Record record = Record.fromString(recordOwner, type, DClass.IN, ttl, rdata, origin);
            record.rdataToWireCanonical(); // what cannot be written is only found out by writing it
            return record;
        } catch (IOException | RuntimeException refused) { // dnsjava's parsers of rare types throw either
            String reason =
                    DNSJAVA_PLACE.matcher(String.valueOf(refused.getMessage())).replaceFirst("");
            throw place.fault(Type.string(type) + " wants RDATA of its form, found \"" + shortened(rdata) + "\" ("
                    + reason + ")");
        }
    }

    private static String shortened(String text) {
        int most = 60;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }

    private Name name(ZoneFileWord word) {
        try {
            if (word.quoted()) {
                throw word.fault("a name wants no quotes, found \"" + word.text() + "\"");
            }
            return Name.fromString(word.text(), origin);
        } catch (TextParseException unreadable) {
            throw word.fault(
                    "a domain name is wanted, found \"" + word.text() + "\" (" + unreadable.getMessage() + ")");
        }
    }

    /** Seconds, or parts with BIND's units as {@code 1h30m}. */
    private static long ttl(ZoneFileWord word) {
        if (word.quoted() || !TTL.matcher(word.text()).matches()) {
            throw word.fault("a TTL wants seconds, or parts as 1h30m, found \"" + word.text() + "\"");
        }
        long seconds = 0;
        Matcher part = TTL_PART.matcher(word.text());
        while (part.find() && seconds <= MOST_SECONDS) {
            String digits = part.group(1);
            long value = digits.length() > 10 ? MOST_SECONDS + 1 : Long.parseLong(digits);
            seconds += value * unit(part.group(2));
        }
        if (seconds > MOST_SECONDS) {
            throw word.fault("a TTL wants 0..2147483647 seconds (RFC 2181 section 8), found \"" + word.text() + "\"");
        }
        return seconds;
    }

    private static long unit(String letter) {
        return switch (letter.toLowerCase(Locale.ROOT)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            default -> 1;
        };
    }

    /** The words of an entry, taken from the front. */
    private static final class Words {
        private final List<ZoneFileWord> words;
        private int at;

        Words(ZoneFileEntry entry) {
            this.words = entry.words();
        }

        boolean hasNext() {
            return at < words.size();
        }

        ZoneFileWord peek() {
            return words.get(at);
        }

        ZoneFileWord take(String wanted) {
            if (!hasNext()) {
                ZoneFileWord last = words.get(words.size() - 1);
                throw last.fault(
                        "a record wants " + wanted + ", found the end of the entry after \"" + last.text() + "\"");
            }
            return words.get(at++);
        }

        String rest() {
            return words.subList(at, words.size()).stream()
                    .map(ZoneFileWord::written)
                    .collect(Collectors.joining(" "));
        }
    }
}
