package dev.waypost.corefile.view;

import dev.waypost.AddressBlock;
import dev.waypost.Query;
import dev.waypost.corefile.view.Term.Type;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;

/** The functions of expressions: CoreDNS's, but for those about the message and not the question. */
final class QueryFunctions {
    /** Known to CoreDNS: a reply image is found without reading these. */
    private static final Set<String> OF_THE_MESSAGE = Set.of("id", "size");

    private static final Map<String, Term> OF_THE_QUERY = Map.ofEntries(
            Map.entry("bufsize", number(query -> query.edns().udpPayloadSize())),
            Map.entry("class", text(query -> DClass.string(query.qclass()))),
            Map.entry("client_ip", text(query -> text(query.client().address()))),
            Map.entry("do", Term.of(Type.BOOL, query -> query.edns().dnssecOk())),
            Map.entry("name", text(query -> query.qname().toString().toLowerCase(Locale.ROOT))),
            Map.entry("opcode", Term.constant(Type.NUMBER, 0L)), // other messages reach no server block
            Map.entry("port", text(query -> Integer.toString(query.client().port()))),
            Map.entry("proto", text(query -> query.client().transport().isDatagram() ? "udp" : "tcp")),
            Map.entry("server_ip", text(query -> text(query.client().server().getAddress()))),
            Map.entry(
                    "server_port",
                    text(query -> Integer.toString(query.client().server().getPort()))),
            Map.entry("type", text(query -> org.xbill.DNS.Type.string(query.qtype()))));

    private QueryFunctions() {}

    private static Term text(Function<Query, Object> value) {
        return Term.of(Type.TEXT, value);
    }

    private static Term number(Function<Query, Integer> value) {
        return Term.of(Type.NUMBER, query -> (long) value.apply(query));
    }

    /** As CoreDNS writes it: IPv6 in brackets. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    static Term call(String name, List<Term> arguments) {
        Term ofQuery = OF_THE_QUERY.get(name);
        if (ofQuery != null) {
            want(name, arguments, List.of());
            return ofQuery;
        }
        if (OF_THE_MESSAGE.contains(name)) {
            throw new IllegalArgumentException("function " + name + "() is not supported: it is no part of a question");
        }
        return switch (name) {
            case "incidr" -> inCidr(want(name, arguments, List.of(Type.TEXT, Type.TEXT)));
            case "metadata" -> metadata(want(name, arguments, List.of(Type.TEXT)));
            default -> throw new IllegalArgumentException("there is no function " + name + "()");
        };
    }

    private static List<Term> want(String name, List<Term> arguments, List<Type> types) {
        if (!arguments.stream().map(Term::type).toList().equals(types)) {
            throw new IllegalArgumentException(name + "() wants " + (types.isEmpty() ? "no arguments" : types)
                    + ", found " + arguments.stream().map(Term::type).toList());
        }
        return arguments;
    }

    private static Term metadata(List<Term> arguments) {
        Term label = arguments.get(0);
        return new Term(
                Type.TEXT,
                false,
                false,
                query -> query.metadata()
                        .value((String) label.value().apply(query))
                        .orElse(""));
    }

    private static Term inCidr(List<Term> arguments) {
        Term block = arguments.get(1);
        if (!block.constant()) {
            throw new IllegalArgumentException("incidr() wants its address block as it is, not worked out");
        }
        AddressBlock network = AddressBlock.parse((String) block.fixed());
        Term address = arguments.get(0);
        return new Term(
                Type.BOOL,
                address.lasting(),
                address.constant(),
                query -> isIn(network, (String) address.value().apply(query)));
    }

    private static boolean isIn(AddressBlock network, String text) {
        String plain = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int scope = plain.indexOf('%');
        String literal = scope < 0 ? plain : plain.substring(0, scope);
        byte[] ipv4 = Address.toByteArray(literal, Address.IPv4);
        byte[] octets = ipv4 != null ? ipv4 : Address.toByteArray(literal, Address.IPv6);
        try {
            return octets != null && network.contains(InetAddress.getByAddress(octets));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
