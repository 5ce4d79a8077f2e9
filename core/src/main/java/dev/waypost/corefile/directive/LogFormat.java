package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import dev.waypost.Transport;
import dev.waypost.corefile.Token;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A line of the query log: CoreDNS's formats and the fields they are made of. */
final class LogFormat {
    private static final String COMMON_TEXT =
            "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\""
                    + " {rcode} {>rflags} {rsize} {duration}";
    private static final String COMBINED_TEXT = COMMON_TEXT + " \"{>opcode}\"";

    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
    private static final String EMPTY = "-";

    private static final Map<String, Function<Exchange, String>> FIELDS = Map.ofEntries(
            Map.entry("type", exchange -> Type.string(exchange.qtype())),
            Map.entry("class", exchange -> DClass.string(exchange.qclass())),
            Map.entry("name", exchange -> exchange.qname().toString().toLowerCase(Locale.ROOT)),
            Map.entry("proto", exchange -> protocol(exchange.client().transport())),
            Map.entry("remote", exchange -> bracketed(exchange.client().address())),
            Map.entry("local", exchange -> bracketed(exchange.client().server().getAddress())),
            Map.entry("port", exchange -> Integer.toString(exchange.client().port())),
            Map.entry("size", exchange -> Integer.toString(exchange.querySize())),
            Map.entry("rsize", exchange -> Integer.toString(exchange.replySize())),
            Map.entry("rcode", exchange -> Rcode.string(exchange.rcode())),
            Map.entry("duration", LogFormat::duration),
            Map.entry(">id", exchange -> Integer.toString(exchange.id())),
            Map.entry(">opcode", exchange -> Integer.toString(exchange.opcode())),
            Map.entry(">do", exchange -> Boolean.toString(exchange.dnssecOk())),
            Map.entry(">bufsize", exchange -> Integer.toString(exchange.udpPayloadSize())),
            Map.entry(">rflags", LogFormat::flags));

    /** The format of a {@code log} without one. */
    static final LogFormat COMMON = of(new Token(COMMON_TEXT, "common", 1, 1), (label, exchange) -> Optional.empty());

    private final List<Function<Exchange, String>> parts;

    private LogFormat(List<Function<Exchange, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a format.
     *
     * @param labels asked for the labels that the format names, at each line
     * @throws dev.waypost.ConfigurationException for a field that is not known
     */
    static LogFormat of(Token format, BiFunction<String, Exchange, Optional<String>> labels) {
        String text = format.text().replace("{common}", COMMON_TEXT).replace("{combined}", COMBINED_TEXT);
        List<Function<Exchange, String>> parts = new ArrayList<>();
        Matcher field = FIELD.matcher(text);
        int end = 0;
        while (field.find()) {
            String literal = text.substring(end, field.start());
            parts.add(exchange -> literal);
            parts.add(part(field.group(1), format, labels));
            end = field.end();
        }
        String rest = text.substring(end);
        parts.add(exchange -> rest);
        return new LogFormat(parts);
    }

    private static Function<Exchange, String> part(
            String field, Token format, BiFunction<String, Exchange, Optional<String>> labels) {
        if (field.startsWith("/")) {
            String label = field.substring(1);
            return exchange -> labels.apply(label, exchange).orElse(EMPTY);
        }
        @Nullable Function<Exchange, String> part = FIELDS.get(field);
        if (part == null) {
            throw format.fault("'log' has no field {" + field + "}");
        }
        return part;
    }

    String line(Exchange exchange) {
        StringBuilder line = new StringBuilder();
        parts.forEach(part -> line.append(part.apply(exchange)));
        return line.toString();
    }

    private static String protocol(Transport transport) {
        // To CoreDNS a TLS stream is a TCP one here.
        return transport == Transport.TLS ? "tcp" : transport.name().toLowerCase(Locale.ROOT);
    }

    private static String bracketed(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static String duration(Exchange exchange) {
        return BigDecimal.valueOf(exchange.durationNanos(), 9)
                        .stripTrailingZeros()
                        .toPlainString() + "s";
    }

    private static String flags(Exchange exchange) {
        String[] names = {"qr", "", "", "", "", "aa", "tc", "rd", "ra", "z", "ad", "cd", "", "", "", ""};
        StringJoiner set = new StringJoiner(",");
        for (int bit = 0; bit < names.length; bit++) {
            if (!names[bit].isEmpty() && (exchange.replyFlags() & 0x8000 >> bit) != 0) {
                set.add(names[bit]);
            }
        }
        return set.length() == 0 ? EMPTY : set.toString();
    }
}
