package dev.waypost.wire;

import dev.waypost.Freshness;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Seeded noise: whatever comes in, no exception, and what goes out is a message that dnsjava can read. */
class HostileMessagesTest {
    private static final int MUTATIONS = 200_000;

    private static final List<byte[]> SEEDS = List.of(
            WireMessages.query("www.example.", Type.A).bytes(),
            WireMessages.query("www.example.", Type.A).opt(1232).bytes(),
            WireMessages.query("a.b.c.d.e.f.www.example.", Type.AAAA)
                    .opt(4096, 0, WireMessages.DO, WireMessages.option(10, "cookie!!"))
                    .bytes(),
            WireMessages.query("www.example.", Type.A)
                    .record(1, new byte[] {(byte) 0xC0, 12}, Type.A, 1, new byte[4])
                    .record(2, new byte[] {1, 'x', (byte) 0xC0, 16}, Type.NS, 1, new byte[] {(byte) 0xC0, 29})
                    .opt(512)
                    .bytes(),
            WireMessages.header().opt(1232).bytes());

    private final WireProbe probe = WireProbe.imaging(
            256,
            query -> query.qtype() == Type.A
                    ? Response.answer(
                            Freshness.always(),
                            WireRecords.addresses("www.example.", 2).withOwner(query.qname()))
                    : Response.failure(Rcode.SERVFAIL));

    @ParameterizedTest
    @ValueSource(longs = {20260101, 20260102})
    void mutatedQueriesAreMetByTheRules(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS / 2; i++) {
            byte[] query = mutated(SEEDS.get(random.nextInt(SEEDS.size())).clone(), random);
            LawfulReply.check(query, i % 2 == 0 ? probe.udp(query) : probe.tcp(query));
        }
    }

    @Test
    void randomOctetsAreMetByTheRules() {
        Random random = new Random(20260103);
        for (int i = 0; i < MUTATIONS / 4; i++) {
            byte[] query = new byte[random.nextInt(120)];
            random.nextBytes(query);
            if (query.length > 5) {
                query[2] &= 0x01; // a query
                query[4] = 0;
                query[5] &= 1;
            }
            LawfulReply.check(query, probe.udp(query));
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] query = seed;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(query.length);
            switch (random.nextInt(5)) {
                case 0 -> query[at] = (byte) random.nextInt(256);
                case 1 -> query[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> query[at] = (byte) new int[] {0, 0xFF, 0xC0, 0x3F, 0x40, 12}[random.nextInt(6)];
                case 3 -> query = Arrays.copyOf(query, Math.max(1, random.nextInt(query.length + 8)));
                default -> query = spliced(query, at, random);
            }
        }
        return query;
    }

    /** The query with a piece of itself put in once more. */
    private static byte[] spliced(byte[] query, int at, Random random) {
        int length = random.nextInt(query.length - at + 1);
        byte[] longer = Arrays.copyOf(query, query.length + length);
        System.arraycopy(query, at, longer, at + length, query.length - at);
        return longer;
    }
}
