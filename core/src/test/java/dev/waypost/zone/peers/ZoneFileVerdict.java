package dev.waypost.zone.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A zone file, and whether it is used: a case of {@code verdicts.txt}.
 *
 * @param title what is special about it
 * @param taken whether this library takes it
 * @param dissenters the marks of the checkers that see it otherwise, or some versions of them do
 * @param text the file
 */
record ZoneFileVerdict(String title, boolean taken, String dissenters, String text) {
    private static final String HEAD =
            "$TTL 300\n@ 3600 SOA ns hostmaster 1 7200 1800 86400 60\n@ NS ns\nns A 192.0.2.1\n";

    /**
     * Every case. One is written {@code ### title | taken or refused | dissenters}, its lines below; in front of them stand
     * a SOA, NS and the name server's address unless the title line ends in {@code | bare}.
     */
    static List<ZoneFileVerdict> all() {
        try (InputStream octets = ZoneFileVerdict.class.getResourceAsStream("verdicts.txt")) {
            String text = new String(octets.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^### "))
                    .skip(1)
                    .map(ZoneFileVerdict::of)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ZoneFileVerdict of(String written) {
        int end = written.indexOf('\n');
        String[] title = written.substring(0, end).split(" \\| ");
        String head = title.length > 3 ? "" : HEAD;
        return new ZoneFileVerdict(title[0], title[1].equals("taken"), title[2], head + written.substring(end + 1));
    }

    @Override
    public String toString() {
        return title;
    }
}
