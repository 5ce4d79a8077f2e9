package dev.waypost.zone;

import dev.waypost.ConfigurationException;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers from lines as in /etc/hosts: A, AAAA, and PTR for the addresses (CoreDNS's {@code hosts}).
 *
 * <p>No record source, as it holds no zone: there is no SOA, so a listed name without the type asked for is NOERROR
 * without records, and a name that is not listed falls through, or is SERVFAIL where it may not, as nothing could deny
 * it. A listed {@code *.name} answers for names exactly one label longer. Reverse names need not be in the zones.
 *
 * <p>Answering is safe for any number of threads and never waits; {@link #reload()} swaps one table for the next.
 */
public final class HostsResolver implements Resolver {
    /** TTL of every answer unless told otherwise, seconds. */
    public static final int DEFAULT_TTL_SECONDS = 3600;

    private static final long MOST_FILE_OCTETS = 64L << 20;

    private final Settings settings;
    private final List<String> inline;
    private final @Nullable Path file;
    private volatile HostsTable table;
    private volatile Optional<FileStamp> seen = Optional.empty();

    private HostsResolver(Builder builder) {
        this.settings = new Settings(
                List.copyOf(builder.zones),
                builder.ttlSeconds,
                builder.reverse,
                builder.fallthrough,
                builder.unsupportedFallThrough);
        this.inline = List.copyOf(builder.inline);
        this.file = builder.file;
        this.table = new HostsTable(inline, settings);
    }

    /** Settings to begin with: every zone, {@link #DEFAULT_TTL_SECONDS}, reverse names, no fallthrough, no lines. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Resolution resolve(Query query) {
        boolean reverse = query.qtype() == Type.PTR;
        boolean isSupported = reverse || query.qtype() == Type.A || query.qtype() == Type.AAAA;
        if (query.qclass() != DClass.IN || !isSupported && settings.unsupportedFallThrough()) {
            return Fallthrough.FALLTHROUGH;
        }
        HostsTable present = table;
        Map<Integer, RecordSet> node = present.find(query.qname());
        RecordSet set = node.get(query.qtype());
        boolean inZones = settings.holds(query.qname());
        if (set != null && (inZones || reverse)) {
            return answer(present, set.withOwner(query.qname()));
        }
        boolean listed = node.containsKey(Type.A) || node.containsKey(Type.AAAA);
        if (inZones && listed) {
            return answer(present);
        }
        if (!inZones || reverse || settings.fallthrough().contains(query.qname())) {
            return new Fallthrough(present.witness());
        }
        return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, "no such host is listed")
                .withAnsweredBy("hosts");
    }

    private static Response answer(HostsTable table, RecordSet... sets) {
        return Response.answer(table.witness(), sets).withAnsweredBy("hosts");
    }

    /**
     * Looks whether the file changed and answers from the new lines if it did. A file that is not there has no lines.
     *
     * @return whether another table answers now
     * @throws ConfigurationException for a file that cannot be read; the old table goes on
     */
    public synchronized boolean reload() {
        Path path = file;
        if (path == null) {
            return false;
        }
        Optional<FileStamp> stamp = FileStamp.of(path);
        if (stamp.equals(seen)) {
            return false;
        }
        List<String> lines = new ArrayList<>(stamp.isEmpty() ? List.of() : lines(path, stamp.get()));
        lines.addAll(inline);
        seen = stamp;
        HostsTable last = table;
        HostsTable next = new HostsTable(lines, settings);
        if (next.sameAs(last)) {
            return false;
        }
        table = next;
        last.witness().breakNow(); // after the new table can be seen
        return true;
    }

    private static List<String> lines(Path file, FileStamp stamp) {
        if (stamp.octets() > MOST_FILE_OCTETS) {
            throw ConfigurationException.of(
                    file.toString(),
                    "a hosts file wants at most " + MOST_FILE_OCTETS + " octets, found " + stamp.octets());
        }
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1); // octets, whatever a comment is written in
        } catch (IOException unreadable) {
            throw ConfigurationException.of(
                    file.toString(), "a hosts file wants to be readable, found " + unreadable, unreadable);
        }
    }

    /** How many addresses and reverse names answer now. */
    public int entries() {
        return table.entries();
    }

    /** The time of the file that answers now; empty without one. */
    public Optional<Instant> fileTime() {
        return seen.map(stamp -> stamp.modified().toInstant());
    }

    /** What holds for every line. */
    record Settings(
            List<Name> zones,
            int ttlSeconds,
            boolean reverse,
            FallthroughZones fallthrough,
            boolean unsupportedFallThrough) {
        boolean holds(Name name) {
            for (Name zone : zones) {
                if (name.subdomain(zone)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Collects the settings; for one thread. */
    public static final class Builder {
        private final List<String> inline = new ArrayList<>();
        private List<Name> zones = List.of(Name.root);
        private int ttlSeconds = DEFAULT_TTL_SECONDS;
        private boolean reverse = true;
        private FallthroughZones fallthrough = FallthroughZones.NONE;
        private boolean unsupportedFallThrough;
        private @Nullable Path file;

        private Builder() {}

        /** Answers only for names at or below these; lines with other names are passed over. */
        public Builder zones(List<Name> value) {
            zones = value;
            return this;
        }

        /** Takes lines from this file too, once {@link HostsResolver#reload()} is called. */
        public Builder file(Path value) {
            file = value;
            return this;
        }

        /** Adds a line, {@code address name...}; it stands behind the file's and stays when the file changes. */
        public Builder line(String value) {
            inline.add(value);
            return this;
        }

        /** TTL of every answer, 0..2147483647 seconds. */
        public Builder ttlSeconds(int value) {
            ttlSeconds = value;
            return this;
        }

        /** Whether addresses lead back to names. */
        public Builder reverse(boolean value) {
            reverse = value;
            return this;
        }

        /** Where a name that is not listed goes to the next resolver. */
        public Builder fallthrough(FallthroughZones value) {
            fallthrough = value;
            return this;
        }

        /** Whether types other than A, AAAA and PTR go to the next resolver, for listed names too. */
        public Builder unsupportedFallThrough(boolean value) {
            unsupportedFallThrough = value;
            return this;
        }

        /** The resolver, answering from the lines added so far. Opens nothing. */
        public HostsResolver build() {
            return new HostsResolver(this);
        }
    }
}
