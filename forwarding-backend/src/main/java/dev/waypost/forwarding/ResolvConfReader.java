package dev.waypost.forwarding;

import dev.waypost.ConfigurationException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads a {@code resolv.conf} line by line; bounds of its options as in glibc. */
final class ResolvConfReader {
    private static final int MAX_NDOTS = 15;
    private static final int MAX_TIMEOUT_SECONDS = 30;
    private static final int MAX_ATTEMPTS = 5;

    private final String source;
    private final Set<InetAddress> nameservers = new LinkedHashSet<>();
    private List<Name> search = List.of();
    private int ndots = 1;
    private Optional<Duration> timeout = Optional.empty();
    private Optional<Integer> attempts = Optional.empty();
    private boolean rotate;
    private boolean useTcp;
    private int line;

    ResolvConfReader(String source) {
        this.source = source;
    }

    void line(String text) {
        line++;
        // A comment begins a line; glibc also ends a line's words at one, so that "nameserver 192.0.2.1 # office"
        // works.
        List<String> words = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (word.startsWith("#") || word.startsWith(";")) {
                break;
            }
            words.add(word);
        }
        if (!words.isEmpty()) {
            directive(words.get(0), words.subList(1, words.size()));
        }
    }

    private void directive(String keyword, List<String> arguments) {
        switch (keyword) {
            case "nameserver" -> nameserver(arguments);
            case "domain" -> search = names(arguments.subList(0, Math.min(1, arguments.size())));
            case "search" -> search = names(arguments);
            case "options" -> arguments.forEach(this::option);
            default -> {} // sortlist and what other systems add: nothing for us
        }
    }

    private void nameserver(List<String> arguments) {
        String text = arguments.isEmpty() ? "" : arguments.get(0);
        nameservers.add(AddressLiteral.address(text)
                .orElseThrow(() -> fault("'nameserver' wants an IPv4 or IPv6 address, found \"" + text + "\"")));
    }

    private List<Name> names(List<String> texts) {
        List<Name> names = new ArrayList<>();
        for (String text : texts) {
            try {
                names.add(Name.fromString(text, Name.root));
            } catch (TextParseException unreadable) {
                throw fault("'search' wants domain names, found \"" + text + "\"");
            }
        }
        return names;
    }

    private void option(String option) {
        List<String> parts = Arrays.asList(option.split(":", 2));
        String value = parts.size() > 1 ? parts.get(1) : "";
        switch (parts.get(0)) {
            case "ndots" -> ndots = number("ndots", value, 0, MAX_NDOTS);
            case "timeout" ->
                timeout = Optional.of(Duration.ofSeconds(number("timeout", value, 1, MAX_TIMEOUT_SECONDS)));
            case "attempts" -> attempts = Optional.of(number("attempts", value, 1, MAX_ATTEMPTS));
            case "rotate" -> rotate = true;
            case "use-vc", "usevc", "tcp" -> useTcp = true;
            default -> {} // edns0, single-request, trust-ad...: about the system's own resolver
        }
    }

    /** A number, drawn to its bounds as glibc does. */
    private int number(String option, String value, int least, int most) {
        try {
            return Math.max(least, Math.min(most, Integer.parseInt(value)));
        } catch (NumberFormatException notANumber) {
            throw fault("option '" + option + "' wants a number " + least + ".." + most + ", found \"" + value + "\"");
        }
    }

    private ConfigurationException fault(String text) {
        return ConfigurationException.at(source, line, text);
    }

    ResolvConf conf() {
        if (nameservers.isEmpty()) {
            throw ConfigurationException.of(source, "wants at least one 'nameserver' line, found none");
        }
        return new ResolvConf(List.copyOf(nameservers), search, ndots, timeout, attempts, rotate, useTcp);
    }
}
