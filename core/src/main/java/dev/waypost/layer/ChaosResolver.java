package dev.waypost.layer;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Answers what operators ask a server about itself in class CH (RFC 4892; CoreDNS's {@code chaos}): {@code version.bind.},
 * {@code version.server.}, {@code authors.bind.}, {@code hostname.bind.} and {@code id.server.}, TXT.
 *
 * <p>Everything else falls through. Immutable, and safe for any number of threads.
 */
public final class ChaosResolver implements Resolver {
    /** The longest text of one record (RFC 1035 section 3.3). */
    public static final int MOST_OCTETS = 255;

    private final Map<Name, List<String>> texts;

    /**
     * A resolver with these texts, each of {@link #MOST_OCTETS} at most.
     *
     * @param version told for {@code version.bind.} and {@code version.server.}
     * @param authors told for {@code authors.bind.}, which nobody answers when there are none
     * @param host told for {@code hostname.bind.} and {@code id.server.}
     * @throws IllegalArgumentException for a text that is too long, or has a backslash that begins no escape
     */
    public ChaosResolver(String version, List<String> authors, String host) {
        this.texts = Map.of(
                Name.fromConstantString("version.bind."), List.of(version),
                Name.fromConstantString("version.server."), List.of(version),
                Name.fromConstantString("authors.bind."), List.copyOf(authors),
                Name.fromConstantString("hostname.bind."), List.of(host),
                Name.fromConstantString("id.server."), List.of(host));
        texts.forEach((owner, lines) -> lines.forEach(line -> text(owner, line))); // too long a text is refused now
    }

    @Override
    public Resolution resolve(Query query) {
        if (query.qclass() != DClass.CH || query.qtype() != Type.TXT) {
            return Fallthrough.FALLTHROUGH;
        }
        List<Record> records = texts.getOrDefault(query.qname(), List.of()).stream()
                .map(text -> text(query.qname(), text))
                .toList();
        return records.isEmpty()
                ? Fallthrough.FALLTHROUGH
                : Response.answer(Freshness.always(), RecordSet.of(records)).withAnsweredBy("chaos");
    }

    private static Record text(Name owner, String text) {
        return new TXTRecord(owner, DClass.CH, 0, text);
    }
}
