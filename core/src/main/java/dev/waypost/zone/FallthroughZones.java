package dev.waypost.zone;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * Where a missing name is handed to the next resolver instead of being NXDOMAIN.
 *
 * @param suffixes zones; a missing name at or below one of them falls through
 */
public record FallthroughZones(List<Name> suffixes) {
    /** Nowhere: a missing name is NXDOMAIN. */
    public static final FallthroughZones NONE = new FallthroughZones(List.of());

    /** Everywhere. */
    public static final FallthroughZones ALL = new FallthroughZones(List.of(Name.root));

    public FallthroughZones {
        suffixes = List.copyOf(suffixes);
    }

    /** Whether a missing name falls through. */
    public boolean contains(Name qname) {
        for (Name suffix : suffixes) {
            if (qname.subdomain(suffix)) {
                return true;
            }
        }
        return false;
    }
}
