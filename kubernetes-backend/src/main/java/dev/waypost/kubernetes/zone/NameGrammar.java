package dev.waypost.kubernetes.zone;

import java.util.Locale;
import org.xbill.DNS.Name;

/**
 * Reads a name of a cluster's zone by its labels, from right to left: Kubernetes DNS specification 1.1.0 section 2, and
 * where it is silent what CoreDNS does.
 *
 * <pre>
 *   label:   4 or 5    3 or 4      2        1          0
 *         [ endpoint ]. service . namespace . svc . &lt;zone&gt;
 *         [ _port . _protocol ]. service . namespace . svc . &lt;zone&gt;
 *         [ endpoint . cluster ]. service . namespace . svc . &lt;zone of imported services&gt;
 *     [ zone ... . pin . _zone ]. service . namespace . svc . &lt;zone&gt;
 *                      dashed-ip . namespace . pod . &lt;zone&gt;
 * </pre>
 */
public final class NameGrammar {
    /** The name that tells the version of the schema. */
    static final String VERSION = "dns-version";

    private static final String SERVICES = "svc";
    private static final String PODS = "pod";
    private static final String SERVER = "dns";
    private static final String SERVER_HOST = "ns";
    private static final String ZONAL = "_zone";
    private static final String PIN = "pin";
    private static final String PREFER = "prefer";

    private NameGrammar() {}

    /**
     * What a name can mean.
     *
     * @param qname at or below the origin
     */
    static ClusterName read(Name qname, Name origin, NameForms forms) {
        int count = qname.labels() - origin.labels();
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) {
            // from the zone outwards; names compare without regard to case (RFC 4343)
            labels[i] = qname.getLabelString(count - 1 - i).toLowerCase(Locale.ROOT);
        }
        if (count == 0) {
            return new ClusterName.Apex();
        }
        return switch (labels[0]) {
            case SERVICES -> service(labels, forms);
            case PODS -> pod(labels, forms.quirks());
            case SERVER -> server(labels);
            case VERSION -> count == 1 ? new ClusterName.DnsVersion() : new ClusterName.Impossible();
            default -> new ClusterName.Impossible();
        };
    }

    /** The namespace that a name is in, whatever else it means; empty for names that are in none. */
    static String namespaceOf(Name qname, Name origin) {
        int home = qname.labels() - origin.labels() - 2; // <ns>.svc and <ns>.pod
        return home < 0 ? "" : qname.getLabelString(home).toLowerCase(Locale.ROOT);
    }

    private static ClusterName service(String[] labels, NameForms forms) {
        return switch (labels.length) {
            case 1 -> new ClusterName.NonTerminal();
            case 2 -> new ClusterName.Namespace(labels[1]);
            case 3 -> new ClusterName.Service(labels[1], labels[2]);
            case 4 ->
                isZonalParent(labels, forms)
                        ? new ClusterName.ZonalParent(labels[1], labels[2])
                        : new ClusterName.Endpoint(labels[1], labels[2], labels[3]);
            case 5 -> twoBeforeAService(labels, forms);
            default -> forms.zonal() && labels[3].equals(ZONAL) ? zonal(labels) : new ClusterName.Impossible();
        };
    }

    private static ClusterName twoBeforeAService(String[] labels, NameForms forms) {
        if (forms.imports() && !labels[3].startsWith("_") && !labels[4].startsWith("_")) {
            return new ClusterName.Endpoint(labels[1], labels[2], labels[4] + "." + labels[3]);
        }
        if (isZonalParent(labels, forms)) {
            return new ClusterName.ZonalParent(labels[1], labels[2]);
        }
        return forms.quirks()
                ? new ClusterName.Port(labels[1], labels[2], bare(labels[4]), bare(labels[3]))
                : port(labels[1], labels[2], bare(labels[4]), bare(labels[3]));
    }

    /** A name above zonal names exists (RFC 8020 section 2), though not for CoreDNS. */
    private static boolean isZonalParent(String[] labels, NameForms forms) {
        return forms.zonal()
                && !forms.quirks()
                && labels[3].equals(ZONAL)
                && (labels.length == 4 || labels[4].equals(PIN) || labels[4].equals(PREFER));
    }

    private static ClusterName zonal(String[] labels) {
        String how = labels[4];
        if (!how.equals(PIN) && !how.equals(PREFER)) {
            return new ClusterName.Impossible();
        }
        StringBuilder zone = new StringBuilder(labels[labels.length - 1]);
        for (int i = labels.length - 2; i > 4; i--) {
            zone.append('.').append(labels[i]);
        }
        return new ClusterName.Zonal(labels[1], labels[2], zone.toString(), how.equals(PREFER));
    }

    private static ClusterName port(String namespace, String service, String port, String protocol) {
        // An unnamed port has no such name (specification 2.3.2), so "_" alone must not stand for one.
        return port.isEmpty() || protocol.isEmpty()
                ? new ClusterName.Impossible()
                : new ClusterName.Port(namespace, service, port, protocol);
    }

    /** Clients ask without the underscores too, and CoreDNS has always answered them. */
    public static String bare(String label) {
        return label.startsWith("_") ? label.substring(1) : label;
    }

    private static ClusterName pod(String[] labels, boolean quirks) {
        boolean passedOver = quirks && (labels.length == 4 || labels.length == 5); // parsed as of a service
        return switch (passedOver ? 3 : labels.length) {
            case 1 -> new ClusterName.NonTerminal();
            case 2 -> new ClusterName.PodNamespace(labels[1]);
            case 3 -> new ClusterName.Pod(labels[1], labels[2]);
            default -> new ClusterName.Impossible();
        };
    }

    private static ClusterName server(String[] labels) {
        if (labels.length == 1) {
            return new ClusterName.NonTerminal(); // ns.dns stands below it: RFC 8020 section 2
        }
        return labels.length == 2 && labels[1].equals(SERVER_HOST)
                ? new ClusterName.NameServer()
                : new ClusterName.Impossible();
    }
}
