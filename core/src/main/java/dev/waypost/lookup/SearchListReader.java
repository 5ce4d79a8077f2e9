package dev.waypost.lookup;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The search list of a resolv.conf (resolv.conf(5)): of {@code search} and {@code domain} the one that comes last, and
 * {@code ndots}. Its name servers are the forwarder's business, and a file without any will do.
 */
final class SearchListReader {
    /** What resolv.conf(5) lets {@code ndots} be; a larger one counts as this. */
    private static final int MOST_NDOTS = 15;

    private static final String NDOTS = "ndots:";

    /** As many as Kubernetes lets a pod have. */
    private static final int MOST_DOMAINS = 32;

    private static final int MOST_OCTETS = 64 * 1024;

    private final String source;
    private List<Name> domains = List.of();
    private int ndots = 1;

    private SearchListReader(String source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException where it cannot be read or used, with file and line
     */
    static SearchList read(Path file) {
        SearchListReader reader = new SearchListReader(file.toString());
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            reader.line(lines.get(i), i + 1);
        }
        return new SearchList(reader.domains, reader.ndots);
    }

    private static List<String> lines(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw ConfigurationException.of(
                        file.toString(), "a resolv.conf wants at most " + MOST_OCTETS + " octets, found more");
            }
            return new String(octets, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    private void line(String text, int line) {
        List<String> words = Arrays.stream(text.strip().split("\\s+"))
                .takeWhile(word -> !word.startsWith("#") && !word.startsWith(";"))
                .toList();
        if (words.isEmpty()) {
            return;
        }
        switch (words.get(0)) {
            case "search" -> domains = names(words.subList(1, words.size()), line);
            case "domain" -> domains = names(words.subList(1, Math.min(2, words.size())), line);
            case "options" ->
                words.stream().filter(word -> word.startsWith(NDOTS)).forEach(word -> ndots(word, line));
            default -> {} // name servers
        }
    }

    private void ndots(String word, int line) {
        String number = word.substring(NDOTS.length());
        if (!number.matches("\\d{1,9}")) {
            throw ConfigurationException.at(source, line, "'ndots' wants a number, found \"" + number + "\"");
        }
        ndots = Math.min(MOST_NDOTS, Integer.parseInt(number));
    }

    private List<Name> names(List<String> words, int line) {
        if (words.size() > MOST_DOMAINS) {
            throw ConfigurationException.at(
                    source, line, "'search' wants at most " + MOST_DOMAINS + " domains, found " + words.size());
        }
        List<Name> names = new ArrayList<>();
        for (String word : words) {
            try {
                names.add(Name.fromString(word, Name.root));
            } catch (TextParseException unusable) {
                throw ConfigurationException.at(source, line, "'search' wants domain names, found \"" + word + "\"");
            }
        }
        return names;
    }
}
