package dev.waypost.layer;

import dev.waypost.Client;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Tells a client who it is: its address as A or AAAA and its port as SRV, in the ADDITIONAL section, whatever was asked.
 *
 * <p>As CoreDNS's {@code whoami} does: the SRV's owner is {@code _udp.} or {@code _tcp.} in front of the QNAME, its
 * target the root, every TTL 0. Immutable, and safe for any number of threads.
 */
public final class WhoamiResolver implements Resolver {
    private static final int IPV4_OCTETS = 4;
    private static final Name UDP = Name.fromConstantString("_udp");
    private static final Name TCP = Name.fromConstantString("_tcp");

    /** A resolver that answers every name. */
    public WhoamiResolver() {}

    @Override
    public Resolution resolve(Query query) {
        if (query.qclass() != DClass.IN) {
            return Fallthrough.FALLTHROUGH;
        }
        Client client = query.client();
        List<RecordSet> additional = new ArrayList<>(2);
        byte[] address = client.address().getAddress();
        int type = address.length == IPV4_OCTETS ? Type.A : Type.AAAA;
        additional.add(RecordSet.ofRdata(query.qname(), type, 0, List.of(address)));
        try {
            Name owner = Name.concatenate(client.transport().isDatagram() ? UDP : TCP, query.qname());
            additional.add(RecordSet.ofRdata(owner, Type.SRV, 0, List.of(portOnly(client.port()))));
        } catch (NameTooLongException tooLong) {
            // A QNAME near 255 octets has no room for the label; the address is the answer that counts.
        }
        return Response.empty(Rcode.NOERROR, Freshness.never()) // made for one client
                .withAuthoritative(true)
                .withAdditional(additional)
                .withAnsweredBy("whoami");
    }

    /** Priority 0, weight 0, the port, and the root as target (RFC 2782). */
    private static byte[] portOnly(int port) {
        return new byte[] {0, 0, 0, 0, (byte) (port >> Byte.SIZE), (byte) port, 0};
    }
}
