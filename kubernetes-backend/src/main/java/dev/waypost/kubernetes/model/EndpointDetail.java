package dev.waypost.kubernetes.model;

/**
 * What is kept of an endpoint besides its addresses and its hostname: there are very many of them, and each text costs more
 * than an address.
 *
 * @param podName for names of endpoints without a hostname
 * @param zone for names that choose endpoints by their zone
 * @param facts for programs that ask for endpoints with their attributes
 */
public record EndpointDetail(boolean podName, boolean zone, boolean facts) {
    /** Everything that a name can be made of. */
    public static final EndpointDetail ALL = new EndpointDetail(true, true, true);
}
