package dev.waypost.kubernetes.zone;

import dev.waypost.Freshness;
import dev.waypost.zone.Finding;
import java.util.Locale;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Where CoreDNS's kubernetes plugin answers against RFC 1034, 2308, 4343 or 8020: what a cluster's own rules found,
 * turned into what CoreDNS says. For {@code compatibility coredns} only.
 */
final class CoreDnsQuirks {
    private CoreDnsQuirks() {}

    /** ANY holds nothing; whether there is such a name, an A question decides. */
    static Finding any(Finding ofAddress) {
        boolean exists = ofAddress instanceof Finding.Found || ofAddress instanceof Finding.Alias;
        return exists ? new Finding.NoData(ofAddress.freshness()) : ofAddress;
    }

    /** At the apex: TXT is denied, ANY holds nothing, and NS is known by the zone's name in lower case only. */
    static Finding atApex(Name qname, int qtype, Finding found) {
        if (qtype == Type.ANY || qtype == Type.NS && !isLowerCase(qname)) {
            return new Finding.NoData(Freshness.always());
        }
        return qtype == Type.TXT ? denied(found) : found;
    }

    /** Below the apex of a zone of services. */
    static Finding atName(ClusterName name, Name qname, Name origin, int qtype, Finding found) {
        if (qtype == Type.SOA) {
            return new Finding.NoData(Freshness.always()); // whether or not there is such a name
        }
        boolean text = qtype == Type.TXT;
        if (name instanceof ClusterName.NonTerminal) {
            boolean server = qname.getLabelString(0).equalsIgnoreCase("dns");
            return text || server ? denied(found) : found;
        }
        if (name instanceof ClusterName.NameServer) {
            boolean zoneFolded = isLowerCase(new Name(qname, qname.labels() - origin.labels()));
            return text || qtype == Type.PTR || !zoneFolded ? denied(found) : found;
        }
        if (name instanceof ClusterName.Namespace || name instanceof ClusterName.PodNamespace) {
            return text && found instanceof Finding.NoData ? denied(found) : found;
        }
        if (found instanceof Finding.Alias) {
            boolean followed = qtype == Type.A || qtype == Type.AAAA || qtype == Type.CNAME;
            return followed ? found : new Finding.NoData(found.freshness());
        }
        return name instanceof ClusterName.DnsVersion && !text ? denied(found) : found;
    }

    /** Below the apex of a reverse zone: a name exists for PTR only, and what stands above it does not. */
    static Finding atReverseName(int qtype, Finding found) {
        if (qtype == Type.SOA) {
            return new Finding.NoData(Freshness.always());
        }
        return found instanceof Finding.NoData ? denied(found) : found;
    }

    private static Finding denied(Finding found) {
        return new Finding.NxDomain(found.freshness());
    }

    private static boolean isLowerCase(Name name) {
        return name.toString().equals(name.toString().toLowerCase(Locale.ROOT));
    }
}
