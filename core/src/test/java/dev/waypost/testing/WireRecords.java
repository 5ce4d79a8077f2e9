package dev.waypost.testing;

import dev.waypost.RecordSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** RRsets for tests of the wire plane: from presentation form, large ones, and one of every type that dnsjava knows. */
public final class WireRecords {
    /** One RDATA each in presentation form; names in documentation domains (RFC 2606), addresses of RFC 5737 and 3849. */
    private static final List<String> RDATA_OF_EVERY_TYPE = List.of(
            "A 192.0.2.1",
            "NS ns1.example.",
            "MD mail.example.",
            "MF mail.example.",
            "CNAME target.elsewhere.example.",
            "SOA ns1.example. hostmaster.example. 1 7200 900 1209600 86400",
            "MB mail.example.",
            "MG group.example.",
            "MR new.example.",
            "NULL \\# 4 00010203",
            "WKS 192.0.2.1 6 25",
            "PTR host.example.",
            "HINFO \"RFC8482\" \"\"",
            "MINFO owner.example. errors.example.",
            "MX 10 mail.example.",
            "TXT \"one\" \"two words\"",
            "RP admin.example. text.example.",
            "AFSDB 1 afs.example.",
            "X25 311061700956",
            "ISDN 150862028003217",
            "RT 10 relay.example.",
            "NSAP-PTR host.example.",
            "PX 10 map822.example. mapx400.example.",
            "GPOS -32.6882 116.8652 10.0",
            "AAAA 2001:db8::1",
            "LOC 42 21 54 N 71 06 18 W -24m 30m",
            "SRV 0 5 8080 backend.example.",
            "NAPTR 100 10 \"S\" \"SIP+D2U\" \"\" _sip._udp.example.",
            "KX 10 kx.example.",
            "CERT PKIX 1 RSASHA256 AQID",
            "DNAME other.example.",
            "APL 1:192.0.2.0/24",
            "DS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000000",
            "SSHFP 4 2 0000000000000000000000000000000000000000000000000000000000000000",
            "RRSIG A 13 2 300 20300101000000 20200101000000 12345 example. AQID",
            "NSEC next.example. A TXT",
            "DNSKEY 257 3 13 AQID",
            "NSEC3 1 0 0 - 0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM A",
            "NSEC3PARAM 1 0 0 -",
            "TLSA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000",
            "SMIMEA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000",
            "CDS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000000",
            "CDNSKEY 257 3 13 AQID",
            "OPENPGPKEY AQID",
            "SVCB 1 svc.example. alpn=h2 port=8443",
            "HTTPS 0 pool.example.",
            "SPF \"v=spf1 -all\"",
            "URI 10 1 \"https://www.example/\"",
            "CAA 0 issue \"ca.example\"",
            "TYPE65280 \\# 3 010203");

    private WireRecords() {}

    /** A set of class IN from presentation form. */
    public static RecordSet set(String owner, int type, int ttlSeconds, String... rdata) {
        List<Record> records = new ArrayList<>();
        for (String each : rdata) {
            try {
                records.add(Record.fromString(
                        Name.fromConstantString(owner), type, DClass.IN, ttlSeconds, each, Name.root));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(Type.string(type) + " " + each, unreadable);
            }
        }
        return RecordSet.of(records);
    }

    /** A record of every type, each a set of its own. */
    public static List<RecordSet> ofEveryType(String owner) {
        return RDATA_OF_EVERY_TYPE.stream()
                .map(line -> line.split(" ", 2))
                .map(parts -> set(owner, Type.value(parts[0], true), 300, parts[1]))
                .collect(Collectors.toList());
    }

    /** That many different A records. */
    public static RecordSet addresses(String owner, int count) {
        List<byte[]> rdata = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rdata.add(new byte[] {(byte) 198, 18, (byte) (i >>> 8), (byte) i});
        }
        return RecordSet.ofRdata(Name.fromConstantString(owner), Type.A, 30, rdata);
    }

    /** That many TXT records of 255 octets of text. */
    public static RecordSet texts(String owner, int count) {
        List<byte[]> rdata = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] text = new byte[256];
            text[0] = (byte) 255;
            text[1] = (byte) (i >>> 8);
            text[2] = (byte) i;
            rdata.add(text);
        }
        return RecordSet.ofRdata(Name.fromConstantString(owner), Type.TXT, 30, rdata);
    }
}
