package dev.waypost.socket;

import dev.waypost.testing.WireMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Packets that a server may meet, the same ones in every run: cut, bent, and made by hand. */
final class PacketCorpus {
    private static final int FLIPS = 1500;
    private static final long SEED = 20261126;
    private static final byte[] POINTER_TO_QNAME = {(byte) 0xC0, 12};
    private static final byte[] ROOT = {0};

    private PacketCorpus() {}

    /** What it is, and the packet. */
    static Map<String, byte[]> packets() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        cuts(all);
        flips(all);
        headers(all);
        names(all);
        records(all);
        edns(all);
        probes(all);
        questions(all);
        return all;
    }

    private static WireMessages query() {
        return WireMessages.query("www.example.org.", Type.A);
    }

    private static WireMessages probe() {
        return WireMessages.query("example.org.", Type.SOA).flags(0);
    }

    private static byte[] full() {
        return WireMessages.query("www.example.org.", Type.A)
                .record(1, POINTER_TO_QNAME, Type.A, 60, new byte[4])
                .record(2, POINTER_TO_QNAME, Type.NS, 60, POINTER_TO_QNAME)
                .opt(1232, 0, WireMessages.DO, WireMessages.option(10, "12345678"))
                .bytes();
    }

    private static void cuts(Map<String, byte[]> all) {
        byte[] full = full();
        for (int length = 0; length < full.length; length++) {
            all.put("cut at " + length, Arrays.copyOf(full, length));
        }
    }

    private static void flips(Map<String, byte[]> all) {
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            byte[] packet = full();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            all.put("flipped " + i, packet);
        }
    }

    private static void headers(Map<String, byte[]> all) {
        for (int opcode = 0; opcode < 16; opcode++) {
            all.put("opcode " + opcode, query().opcode(opcode).bytes());
            all.put(
                    "opcode " + opcode + ", header only",
                    WireMessages.header().opcode(opcode).bytes());
        }
        for (int bit = 0; bit < 16; bit++) {
            all.put("flag bit " + bit, query().flags(1 << bit).bytes());
        }
        int[] counts = {0, 1, 2, 255, 256, 65_535};
        for (int count : counts) {
            all.put("QDCOUNT " + count, query().counts(count, 0, 0, 0).bytes());
            all.put("ANCOUNT " + count, query().counts(1, count, 0, 0).bytes());
            all.put("NSCOUNT " + count, query().counts(1, 0, count, 0).bytes());
            all.put("ARCOUNT " + count, query().counts(1, 0, 0, count).bytes());
        }
        all.put("every count", query().counts(65_535, 65_535, 65_535, 65_535).bytes());
        all.put("all ones", filled(0xFF));
        all.put("all zeros", filled(0));
    }

    private static byte[] filled(int octet) {
        byte[] packet = new byte[512];
        Arrays.fill(packet, (byte) octet);
        return packet;
    }

    private static void names(Map<String, byte[]> all) {
        for (String qname : List.of(
                "C00C", "C000", "C00B", "C00E", "FFFF", "C0", "0161 C00C", "40 00", "80 00", "BF 00", "3F 61", "00")) {
            all.put(
                    "QNAME " + qname,
                    WireMessages.header()
                            .counts(1, 0, 0, 0)
                            .hex(qname)
                            .u16(Type.A)
                            .u16(DClass.IN)
                            .bytes());
        }
        all.put("a name of 255 octets", named(63, 63, 63, 61));
        all.put("a name of 256 octets", named(63, 63, 63, 62));
        int[] labels = new int[127];
        Arrays.fill(labels, 1);
        all.put("127 labels", named(labels));
        all.put("128 labels", named(Arrays.copyOf(labels, 128)));
        WireMessages chained = query();
        for (int i = 0; i < 100; i++) {
            chained.record(1, POINTER_TO_QNAME, Type.A, 0, new byte[0]);
        }
        all.put("a hundred pointers", chained.bytes());
        all.put(
                "zero and high octets in a label",
                WireMessages.header()
                        .question(
                                new byte[] {4, 0, (byte) 0xFF, '.', ' ', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0},
                                Type.A,
                                DClass.IN)
                        .bytes());
    }

    private static byte[] named(int... labels) {
        WireMessages name = WireMessages.header();
        for (int label : labels) {
            byte[] octets = new byte[label];
            Arrays.fill(octets, (byte) 'a');
            name.octets((byte) label).octets(octets);
        }
        return WireMessages.header()
                .question(name.octets(ROOT).body(), Type.A, DClass.IN)
                .bytes();
    }

    private static void records(Map<String, byte[]> all) {
        all.put(
                "RDLENGTH past the end",
                query().counts(1, 1, 0, 0)
                        .hex("C00C 0001 0001 00000000 FFFF 00")
                        .bytes());
        all.put("trailing octets", query().octets(new byte[400]).bytes());
        all.put("a second message behind", query().octets(full()).bytes());
        all.put(
                "TSIG that is none",
                query().record(3, ROOT, Type.TSIG, 0, new byte[3]).bytes());
        all.put(
                "TSIG before OPT",
                query().record(3, ROOT, Type.TSIG, 0, new byte[30]).opt(1232).bytes());
        all.put(
                "SIG(0) that is none",
                query().record(3, ROOT, Type.SIG, 0, new byte[18]).bytes());
        all.put(
                "a NOTIFY with an answer",
                WireMessages.query("example.org.", Type.SOA)
                        .opcode(4)
                        .record(1, POINTER_TO_QNAME, Type.SOA, 0, new byte[22])
                        .bytes());
        all.put(
                "an UPDATE that deletes all",
                WireMessages.query("example.org.", Type.SOA)
                        .opcode(5)
                        .record(2, POINTER_TO_QNAME, Type.ANY, 0, new byte[0])
                        .bytes());
    }

    private static void edns(Map<String, byte[]> all) {
        for (int size : new int[] {0, 1, 511, 512, 513, 1232, 4096, 65_535}) {
            all.put("payload size " + size, query().opt(size).bytes());
        }
        for (int version : new int[] {1, 2, 255}) {
            all.put("EDNS version " + version, query().opt(1232, version, 0).bytes());
        }
        all.put("two OPT records", query().opt(1232).opt(1232).bytes());
        all.put(
                "OPT in ANSWER",
                query().record(1, ROOT, Type.OPT, 0, new byte[0]).bytes());
        all.put(
                "OPT with an owner",
                query().record(3, new byte[] {1, 'a', 0}, Type.OPT, 0, new byte[0])
                        .bytes());
        for (String options :
                List.of("000A 0009 01", "000A 00", "000A FFFF", "0000 0000", "FFFF 0000", "000A 0000 00")) {
            byte[] rdata = WireMessages.header().hex(options).body();
            all.put("options " + options, query().opt(1232, 0, 0, rdata).bytes());
        }
        for (int code = 0; code < 32; code++) {
            all.put(
                    "empty option " + code,
                    query().opt(1232, 0, 0, WireMessages.option(code, "")).bytes());
            all.put(
                    "long option " + code,
                    query().opt(1232, 0, 0, WireMessages.option(code, "x".repeat(300)))
                            .bytes());
        }
        all.put("300 options", query().opt(1232, 0, 0, new byte[1200]).bytes());
        all.put("no question and OPT", WireMessages.header().opt(1232).bytes());
    }

    /** What genreport and ednscomp send (RFC 8906 section 8). */
    private static void probes(Map<String, byte[]> all) {
        byte[] option = WireMessages.option(100, "");
        all.put("probe: plain", probe().bytes());
        all.put(
                "probe: an unknown type",
                WireMessages.query("example.org.", 1000).flags(0).bytes());
        all.put("probe: CD", probe().flags(WireMessages.CD).bytes());
        all.put("probe: AD", probe().flags(WireMessages.AD).bytes());
        all.put("probe: Z", probe().flags(WireMessages.Z).bytes());
        all.put("probe: RD", probe().flags(WireMessages.RD).bytes());
        all.put(
                "probe: TC, AA, RA",
                probe().flags(WireMessages.TC | WireMessages.AA | WireMessages.RA)
                        .bytes());
        all.put(
                "probe: opcode 15, header only",
                WireMessages.header().flags(0).opcode(15).bytes());
        all.put("probe: edns", probe().opt(4096).bytes());
        all.put("probe: edns 1", probe().opt(4096, 1, 0).bytes());
        all.put("probe: edns option", probe().opt(4096, 0, 0, option).bytes());
        all.put("probe: edns flag", probe().opt(4096, 0, 0x80).bytes());
        all.put(
                "probe: edns 1 with flag and option",
                probe().opt(4096, 1, 0x80, option).bytes());
        all.put("probe: 512 octets and DO", probe().opt(512, 0, WireMessages.DO).bytes());
        all.put(
                "probe: list of options",
                probe().opt(4096, 0, 0, options(3, 8, 9, 10)).bytes());
    }

    private static byte[] options(int... codes) {
        WireMessages options = WireMessages.header();
        for (int code : codes) {
            options.octets(WireMessages.option(code, code == 10 ? "12345678" : ""));
        }
        return options.body();
    }

    private static void questions(Map<String, byte[]> all) {
        byte[] qname = Name.fromConstantString("www.example.org.").toWire();
        List<Integer> types = new ArrayList<>(List.of(0, 41, 65, 97, 128, 32_768, 65_535));
        for (int type = 246; type <= 262; type++) {
            types.add(type);
        }
        types.forEach(type -> all.put(
                "QTYPE " + type,
                WireMessages.header().question(qname, type, DClass.IN).bytes()));
        for (int qclass : new int[] {0, 2, 3, 4, 254, 255, 256, 65_535}) {
            all.put(
                    "QCLASS " + qclass,
                    WireMessages.header().question(qname, Type.A, qclass).bytes());
        }
        all.put("two questions", query().question(qname, Type.AAAA, DClass.IN).bytes());
        all.put(
                "CH TXT version.bind.",
                WireMessages.header()
                        .question(Name.fromConstantString("version.bind.").toWire(), Type.TXT, DClass.CH)
                        .bytes());
    }
}
