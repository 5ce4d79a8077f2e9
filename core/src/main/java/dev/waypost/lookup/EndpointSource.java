package dev.waypost.lookup;

import org.xbill.DNS.Name;

/** A source that knows more of a service than its records: implemented beside a record source, for names of its zone. */
public interface EndpointSource {
    /** The zone's apex, an absolute name. */
    Name origin();

    /**
     * The endpoints of a service, from memory and without waiting.
     *
     * @param service absolute name at or below {@link #origin()}, any letter case
     */
    Endpoints endpoints(Name service);
}
