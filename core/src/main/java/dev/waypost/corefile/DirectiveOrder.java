package dev.waypost.corefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The order in which directives take part in a query: CoreDNS's, whatever the order in a Corefile.
 *
 * <p>A query goes through the table from the top, its answer back from where it was found. Repeats of one directive keep
 * the order of the file.
 */
final class DirectiveOrder {
    /**
     * CoreDNS 1.14.7's plugin.cfg. {@code acl} stands behind what changes the question (coredns/coredns#7882, #8290) and
     * in front of {@code cache} (#8289): an access rule sees the name that will be answered, and cached answers too.
     */
    static final List<String> COREDNS = List.of(
            // what other directives of the block build on
            "root",
            "metadata",
            "geoip",
            "cancel",
            // the listener and its life
            "proxyproto",
            "quic",
            "grpc_server",
            "https",
            "https3",
            "timeouts",
            "multisocket",
            "reload",
            "nsid",
            "bufsize",
            "bind",
            "debug",
            "trace",
            "ready",
            "health",
            "pprof",
            "shed",
            // observers
            "prometheus",
            "errors",
            "log",
            "dnstap",
            // layers: they change the question or the answer
            "local",
            "dns64",
            "any",
            "chaos",
            "loadbalance",
            "tsig",
            "rewrite",
            "autopath",
            "acl",
            "cache",
            "header",
            "dnssec",
            "tls",
            "minimal",
            // sources: they answer or fall through
            "template",
            "transfer",
            "hosts",
            "route53",
            "azure",
            "clouddns",
            "k8s_external",
            "kubernetes",
            "file",
            "auto",
            "secondary",
            "etcd",
            // away from here
            "loop",
            "forward",
            "grpc",
            "erratic",
            "whoami",
            // no part in a query
            "on",
            "sign",
            "view",
            "nomad");

    private final List<String> keywords;

    /** CoreDNS's order with the directives that CoreDNS has not in front of those they name. */
    DirectiveOrder(Collection<? extends DirectiveFactory> installed) {
        List<String> all = new ArrayList<>(COREDNS);
        for (DirectiveFactory factory : installed) {
            if (!COREDNS.contains(factory.name())) {
                int place = COREDNS.contains(factory.before()) ? all.indexOf(factory.before()) : -1;
                if (place < 0) {
                    throw new IllegalStateException("directive '" + factory.name() + "' ("
                            + factory.getClass().getName() + ") wants to stand before '" + factory.before()
                            + "', which CoreDNS does not have");
                }
                all.add(place, factory.name());
            }
        }
        this.keywords = List.copyOf(all);
    }

    boolean contains(String keyword) {
        return keywords.contains(keyword);
    }

    int placeOf(Statement directive) {
        return keywords.indexOf(directive.name());
    }

    List<String> keywords() {
        return keywords;
    }

    /** The keyword that a misspelt one may mean; empty when none is near. */
    String closestTo(String misspelt) {
        String closest = "";
        int least = 3;
        for (String keyword : keywords) {
            int distance = distance(misspelt.toLowerCase(Locale.ROOT), keyword);
            if (distance < least && distance < keyword.length()) {
                least = distance;
                closest = keyword;
            }
        }
        return closest;
    }

    /** How many letters must be put in, taken out or changed. */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
