package dev.waypost.kubernetes.external;

import org.xbill.DNS.Name;

/**
 * How external zones answer.
 *
 * @param ttlSeconds TTL of every record, 0..3600
 * @param apexLabel the label under which a zone has the names of its own server, in lower case
 * @param headless whether services without an external address are reached at their endpoints
 * @param domain the zone that targets of PTR records end in
 */
public record ExternalSettings(int ttlSeconds, String apexLabel, boolean headless, Name domain) {}
