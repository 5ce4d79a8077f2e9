package dev.waypost.kubernetes.zone;

/**
 * Which forms names of a zone can have besides those of the specification.
 *
 * @param quirks those that CoreDNS takes besides; its answers, too, are CoreDNS's also where it is wrong
 * @param imports whether the services are imported ones: two labels before one are an endpoint and its cluster
 * @param zonal whether {@code <infrastructure zone>.pin._zone.<svc>} and {@code ....prefer._zone.<svc>} exist
 */
public record NameForms(boolean quirks, boolean imports, boolean zonal) {
    /** Those of the specification. */
    public static final NameForms PLAIN = new NameForms(false, false, false);
}
