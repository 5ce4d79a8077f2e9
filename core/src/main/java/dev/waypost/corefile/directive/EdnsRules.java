package dev.waypost.corefile.directive;

import dev.waypost.corefile.Token;
import dev.waypost.layer.ServerIdentity;
import dev.waypost.layer.rewrite.EdnsContent;
import dev.waypost.layer.rewrite.EdnsRule;
import dev.waypost.layer.rewrite.EdnsRule.Action;
import dev.waypost.layer.rewrite.RewriteRule;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Reads the rules of {@code rewrite edns0}. */
final class EdnsRules {
    private static final String KINDS = "local, nsid or subnet";
    private static final String ACTIONS = "set, append, replace or unset";
    private static final int SUBNET = 8; // RFC 7871 section 6
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private static final Map<String, EdnsContent> VARIABLES = Map.of(
            "{qname}", EdnsContent.qname(),
            "{qtype}", EdnsContent.qtype(),
            "{client_ip}", EdnsContent.clientAddress(),
            "{client_port}", EdnsContent.clientPort(),
            "{protocol}", EdnsContent.protocol(),
            "{server_ip}", EdnsContent.serverAddress(),
            "{server_port}", EdnsContent.serverPort());

    private EdnsRules() {}

    /** {@code local ACTION CODE [DATA] | nsid ACTION | subnet ACTION [IPV4BITS IPV6BITS]}, and {@code revert}. */
    static RewriteRule read(RewriteWords words) {
        Token kind = words.next("edns0", KINDS);
        Action action = action(words.next("edns0", ACTIONS));
        EdnsRule rule = switch (kind.text().toLowerCase(Locale.ROOT)) {
            case "local" -> local(words, action);
            case "nsid" -> new EdnsRule(action, ServerIdentity.NSID, EdnsContent.constant());
            case "subnet" -> subnet(words, action);
            default -> throw kind.unexpected("edns0", KINDS);
        };
        words.take("revert"); // a reply never has the options of a query in it, changed or not
        return rule;
    }

    private static Action action(Token token) {
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "set" -> Action.SET;
            case "append" -> Action.APPEND;
            case "replace" -> Action.REPLACE;
            case "unset" -> Action.UNSET;
            default -> throw token.unexpected("edns0", ACTIONS);
        };
    }

    private static EdnsRule local(RewriteWords words, Action action) {
        int code = code(words.next("edns0 local", "an option code"));
        EdnsContent content = action == Action.UNSET
                ? EdnsContent.constant()
                : content(words.next("edns0 local", "the option's content"));
        return new EdnsRule(action, code, content);
    }

    private static int code(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        if (text.matches("0x[0-9a-f]{1,4}")) {
            return Integer.parseInt(text, 2, text.length(), 16);
        }
        return token.number("edns0 local", 0, 65_535);
    }

    private static EdnsContent content(Token token) {
        String text = token.text();
        EdnsContent variable = VARIABLES.get(text);
        if (variable != null) {
            return variable;
        }
        if (text.startsWith("{") && text.endsWith("}")) {
            if (!text.matches("\\{[^/{}]+/[^{}]+}")) {
                throw token.unexpected("edns0 local", "a variable as {client_ip}, or a label as {view/name}");
            }
            return EdnsContent.label(text.substring(1, text.length() - 1));
        }
        if (!text.startsWith("0x")) {
            return EdnsContent.constant(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return EdnsContent.constant(HexFormat.of().parseHex(text.substring(2)));
        } catch (IllegalArgumentException odd) {
            throw token.unexpected("edns0 local", "hexadecimal digits in pairs behind 0x");
        }
    }

    private static EdnsRule subnet(RewriteWords words, Action action) {
        if (action == Action.UNSET) {
            return new EdnsRule(action, SUBNET, EdnsContent.constant());
        }
        int ipv4 = words.next("edns0 subnet", "a prefix length for IPv4").number("edns0 subnet", 0, IPV4_BITS);
        int ipv6 = words.next("edns0 subnet", "a prefix length for IPv6").number("edns0 subnet", 0, IPV6_BITS);
        return new EdnsRule(action, SUBNET, EdnsContent.subnet(ipv4, ipv6));
    }
}
