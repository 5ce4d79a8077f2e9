package dev.waypost.corefile.directive;

import dev.waypost.Client;
import dev.waypost.Exchange;
import dev.waypost.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What observers are told in tests. */
final class Exchanges {
    private static final int QR_AA_RD = 0x8500;

    private Exchanges() {}

    static Exchange of(String qname, int rcode, int answers) {
        return of("example.org.", client("192.0.2.9", Transport.UDP), qname, rcode, answers);
    }

    static Exchange of(String zone, Client client, String qname, int rcode, int answers) {
        return of(zone, client, qname, rcode, answers, Map.of());
    }

    private static Exchange of(
            String zone, Client client, String qname, int rcode, int answers, Map<String, String> labels) {
        return new Exchange(
                "dns://:53",
                zone,
                client,
                4711,
                Opcode.QUERY,
                Name.fromConstantString(qname),
                Type.A,
                DClass.IN,
                true,
                1232,
                41,
                106,
                QR_AA_RD,
                rcode,
                answers,
                "file",
                labels,
                158_000,
                false);
    }

    static Exchange labelled(Map<String, String> labels) {
        Client client = client("192.0.2.9", Transport.UDP);
        return of("example.org.", client, "www.example.org.", Rcode.NOERROR, 1, labels);
    }

    static Exchange success(String qname) {
        return of(qname, Rcode.NOERROR, 1);
    }

    static Client client(String address, Transport transport) {
        try {
            return new Client(
                    InetAddress.getByName(address),
                    40212,
                    transport,
                    new InetSocketAddress(InetAddress.getByName("192.0.2.53"), 53));
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }
}
