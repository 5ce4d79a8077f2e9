package dev.waypost.kubernetes.model;

import java.util.Locale;

/** What Kubernetes allows as one label of a name: letters, digits and inner hyphens (RFC 1123 section 2.1). */
public final class DnsLabel {
    private static final int MOST_OCTETS = 63; // RFC 1035 section 2.3.4

    private DnsLabel() {}

    /** Whether the text, in any letter case, can be a label. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MOST_OCTETS || edgeHyphen(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean edgeHyphen(String text) {
        return text.charAt(0) == '-' || text.charAt(text.length() - 1) == '-';
    }

    /** The text as look-ups compare it. */
    public static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The text as look-ups compare it, one object for all that say the same: names of namespaces, services and ports. */
    static String shared(String text) {
        return folded(text).intern();
    }
}
