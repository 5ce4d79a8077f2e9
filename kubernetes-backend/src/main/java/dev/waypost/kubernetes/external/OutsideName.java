package dev.waypost.kubernetes.external;

import dev.waypost.kubernetes.zone.NameGrammar;
import java.util.Locale;
import org.xbill.DNS.Name;

/**
 * What a name below the apex of an external zone can mean, before any data is looked at.
 *
 * <pre>
 *   label:   2 or 3    1 or 2      1         0
 *         [ endpoint ]. service . namespace . &lt;zone&gt;
 *         [ _port . _protocol ]. service . namespace . &lt;zone&gt;
 *                                     ns1 . dns . &lt;zone&gt;
 * </pre>
 */
sealed interface OutsideName {
    /** The host of the server itself, below the apex label. */
    String SERVER_HOST = "ns1";

    /** The apex label: only {@code ns1} stands below it. */
    record NonTerminal() implements OutsideName {}

    /** {@code ns1.<apex label>}. */
    record NameServer() implements OutsideName {}

    /** {@code <ns>}. */
    record Namespace(String namespace) implements OutsideName {}

    /** {@code <svc>.<ns>} and what may stand below it. */
    sealed interface OfService extends OutsideName {
        String namespace();

        String service();
    }

    /** {@code <svc>.<ns>}. */
    record Service(String namespace, String service) implements OfService {}

    /** {@code <endpoint>.<svc>.<ns>}. */
    record Endpoint(String namespace, String service, String endpoint) implements OfService {}

    /** {@code _<port>._<protocol>.<svc>.<ns>}; the underscores are taken off. */
    record Port(String namespace, String service, String port, String protocol) implements OfService {}

    /** No name of this form exists, whatever the cluster holds. */
    record Impossible() implements OutsideName {}

    /**
     * Reads a name by its labels, from right to left.
     *
     * @param qname below the origin
     * @param apexLabel in lower case; it hides a namespace of that name
     */
    static OutsideName read(Name qname, Name origin, String apexLabel) {
        int count = qname.labels() - origin.labels();
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) {
            labels[i] = qname.getLabelString(count - 1 - i).toLowerCase(Locale.ROOT); // RFC 4343
        }
        return labels[0].equals(apexLabel) ? server(labels) : service(labels);
    }

    private static OutsideName server(String[] labels) {
        if (labels.length == 1) {
            return new NonTerminal(); // ns1 stands below it: RFC 8020 section 2
        }
        return labels.length == 2 && labels[1].equals(SERVER_HOST) ? new NameServer() : new Impossible();
    }

    private static OutsideName service(String[] labels) {
        return switch (labels.length) {
            case 1 -> new Namespace(labels[0]);
            case 2 -> new Service(labels[0], labels[1]);
            case 3 -> new Endpoint(labels[0], labels[1], labels[2]);
            case 4 -> port(labels[0], labels[1], NameGrammar.bare(labels[3]), NameGrammar.bare(labels[2]));
            default -> new Impossible();
        };
    }

    private static OutsideName port(String namespace, String service, String port, String protocol) {
        // An unnamed port has no name, so "_" alone must not stand for one.
        return port.isEmpty() || protocol.isEmpty() ? new Impossible() : new Port(namespace, service, port, protocol);
    }
}
