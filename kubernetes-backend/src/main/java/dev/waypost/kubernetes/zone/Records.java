package dev.waypost.kubernetes.zone;

import dev.waypost.RecordSet;
import dev.waypost.kubernetes.model.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Makes RRsets of one TTL from what Kubernetes knows.
 *
 * @param ttlSeconds TTL of every set
 */
public record Records(int ttlSeconds) {
    /** The A or AAAA set, each address once; empty where no address is of that family. */
    public Optional<RecordSet> addresses(Name owner, int qtype, Collection<IpAddress> addresses) {
        boolean v4 = qtype == Type.A;
        List<byte[]> rdata = new ArrayList<>();
        for (IpAddress address : new LinkedHashSet<>(addresses)) {
            if (address.isV4() == v4) {
                rdata.add(address.octets());
            }
        }
        return rdata.isEmpty() ? Optional.empty() : Optional.of(RecordSet.ofRdata(owner, qtype, ttlSeconds, rdata));
    }

    /** The sets of both families. */
    public List<RecordSet> bothFamilies(Name owner, Collection<IpAddress> addresses) {
        List<RecordSet> sets = new ArrayList<>(2);
        addresses(owner, Type.A, addresses).ifPresent(sets::add);
        addresses(owner, Type.AAAA, addresses).ifPresent(sets::add);
        return sets;
    }

    /** A set of a type whose RDATA is one name: PTR, NS, CNAME. */
    public RecordSet names(Name owner, int type, Collection<Name> targets) {
        return RecordSet.ofRdata(
                owner, type, ttlSeconds, targets.stream().map(Name::toWire).toList());
    }

    /** RDATA of an SRV record (RFC 2782); no priority is better than another here. */
    static byte[] srv(int weight, int port, Name target) {
        byte[] name = target.toWire();
        return ByteBuffer.allocate(6 + name.length)
                .putShort((short) 0)
                .putShort((short) weight)
                .putShort((short) port)
                .put(name)
                .array();
    }

    /** {@code <labels>.<parent>}; the labels are valid, so only a name longer than 255 octets can fail. */
    public static Optional<Name> below(String labels, Name parent) {
        try {
            return Optional.of(Name.fromString(labels, parent));
        } catch (TextParseException tooLong) {
            return Optional.empty();
        }
    }

    /** {@code <svc>.<ns>.svc.<zone>}, with an endpoint in front unless it is empty. */
    static Optional<Name> serviceName(Name zone, String namespace, String service, String endpoint) {
        return below("svc", zone)
                .flatMap(name -> below(namespace, name))
                .flatMap(name -> below(service, name))
                .flatMap(name -> endpoint.isEmpty() ? Optional.of(name) : below(endpoint, name));
    }
}
