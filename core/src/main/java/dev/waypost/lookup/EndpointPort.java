package dev.waypost.lookup;

/**
 * A port of an endpoint.
 *
 * @param name empty for an unnamed one
 * @param protocol {@code tcp}, {@code udp}, {@code sctp}
 * @param number 0..65535
 */
public record EndpointPort(String name, String protocol, int number) {}
