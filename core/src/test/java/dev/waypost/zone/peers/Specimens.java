package dev.waypost.zone.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The zones that all servers are given: written by hand for each rule, and made at random for what nobody thought of. */
final class Specimens {
    private static final List<String> WRITTEN =
            List.of("example.org", "child.example.org", "example.net", "wild.example", "2.0.192.in-addr.arpa");
    private static final String[] LABELS = {"a", "b", "c", "*", "x"};
    private static final int MOST_LABELS = 4;
    private static final int OWNERS = 60;

    private Specimens() {}

    static List<PeerZone> written() {
        return WRITTEN.stream().map(Specimens::resource).toList();
    }

    private static PeerZone resource(String origin) {
        try (InputStream text = Specimens.class.getResourceAsStream(origin + ".zone")) {
            return new PeerZone(origin, new String(text.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A lawful zone of few labels, so that wildcards, cuts, moves and empty non-terminals meet. */
    static PeerZone random(String origin, Random random) {
        Map<String, Set<String>> owners = new TreeMap<>();
        for (int i = 0; i < OWNERS; i++) {
            String owner = owner(random);
            owners.computeIfAbsent(owner, name -> new TreeSet<>()).addAll(records(owner, random));
        }
        StringBuilder text = new StringBuilder(
                "$TTL 300\n@ 900 SOA ns.example.org. h.example.org. 1 7200 1800 86400 60\n" + "@ NS ns.example.org.\n");
        owners.forEach((owner, records) -> {
            if (!isBelowMove(owner, owners)) {
                lawful(records)
                        .forEach(record ->
                                text.append(owner).append(' ').append(record).append('\n'));
            }
        });
        return new PeerZone(origin, text.toString());
    }

    static String owner(Random random) {
        StringBuilder owner = new StringBuilder(LABELS[random.nextInt(LABELS.length)]);
        for (int more = random.nextInt(MOST_LABELS); more > 0; more--) {
            owner.append('.').append(LABELS[random.nextInt(LABELS.length)]);
        }
        return owner.toString();
    }

    private static Set<String> records(String owner, Random random) {
        boolean wild = owner.startsWith("*");
        return switch (random.nextInt(10)) {
            case 0 -> Set.of("CNAME " + owner(random));
            case 1 -> wild ? Set.of("AAAA 2001:db8::2") : Set.of("DNAME " + owner(random));
            case 2, 3 -> wild ? Set.of("A 192.0.2.2") : Set.of("NS " + owner(random), "NS ns.example.org.");
            case 4 -> Set.of("MX 10 " + owner(random), "MX 20 " + owner(random));
            case 5 -> Set.of("TXT \"" + owner + "\"");
            case 6 -> Set.of("SRV 0 0 80 " + owner(random));
            case 7 -> Set.of("AAAA 2001:db8::1");
            default -> Set.of("A 192.0.2." + (1 + random.nextInt(250)));
        };
    }

    private static boolean isBelowMove(String owner, Map<String, Set<String>> owners) {
        for (int dot = owner.indexOf('.'); dot >= 0; dot = owner.indexOf('.', dot + 1)) {
            Set<String> above = owners.getOrDefault(owner.substring(dot + 1), Set.of());
            if (above.stream().anyMatch(record -> record.startsWith("DNAME"))) {
                return true;
            }
        }
        return false;
    }

    /** One alias alone, or one move without a cut, or all of it. */
    private static List<String> lawful(Set<String> records) {
        List<String> moves =
                records.stream().filter(record -> record.startsWith("DNAME")).toList();
        if (!moves.isEmpty()) {
            return List.of(moves.get(0));
        }
        List<String> aliases =
                records.stream().filter(record -> record.startsWith("CNAME")).toList();
        return aliases.isEmpty() ? List.copyOf(records) : List.of(aliases.get(0));
    }
}
