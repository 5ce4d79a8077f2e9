package dev.waypost.benchmarks;

import dev.waypost.Ticker;
import dev.waypost.wire.Route;
import dev.waypost.wire.WireResponder;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Random names that are not in the zone, none twice, at a door with images: alone, and beside {@value #HOT} names that are
 * asked for again and again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class FloodBenchmark {
    private static final int HOT = 10_000;
    private static final Name ORIGIN = Name.fromConstantString("example.org.");

    private final byte[] flood = query(Name.fromConstantString("xaaaaaaaaaaaa." + ORIGIN));
    private final byte[][] hot = new byte[HOT][];
    private final byte[] reply = new byte[1232];
    private final SplittableRandom random = new SplittableRandom(42);
    private WireResponder wire;
    private int turn;

    /** Fills the zone, and the door with the images of its names. */
    @Setup
    public void fill() {
        StaticZone.Builder builder = StaticZone.builder(ORIGIN)
                .add(new SOARecord(ORIGIN, DClass.IN, 300, host(0), host(1), 1, 7200, 1800, 86_400, 30));
        for (int i = 0; i < HOT; i++) {
            byte[] address = {10, 0, (byte) (i >> 8), (byte) i};
            builder.add(Record.newRecord(host(i), Type.A, DClass.IN, 300, address));
            hot[i] = query(host(i));
        }
        AuthoritativeResolver zone = new AuthoritativeResolver(builder.build(), FallthroughZones.NONE, query -> {
            throw new IllegalStateException("no alias is here to follow");
        });
        wire = new WireResponder(
                new OneRoute(new Route("dns://:53", "example.org.", zone, List.of())), 65_536, Ticker.SYSTEM);
        for (int i = 0; i < 2 * HOT; i++) {
            respond(nextHot());
        }
    }

    private static Name host(int number) {
        return Name.fromConstantString("name-" + (1_000_000 + number) + "." + ORIGIN);
    }

    private static byte[] query(Name qname) {
        return Message.newQuery(Record.newRecord(qname, Type.A, DClass.IN)).toWire();
    }

    private byte[] nextHot() {
        turn = turn + 1 == HOT ? 0 : turn + 1;
        return hot[turn];
    }

    /** The flood's query with the twelve letters behind its x drawn anew. */
    private byte[] nextRandom() {
        long bits = random.nextLong();
        for (int at = 14; at < 26; at++, bits >>>= 5) {
            flood[at] = (byte) ("abcdefghijklmnopqrstuvwxyz012345".charAt((int) bits & 31));
        }
        return flood;
    }

    private int respond(byte[] query) {
        return wire.respond(query, query.length, reply, NowhereLater.UDP);
    }

    /** A name of the flood. */
    @Benchmark
    public int random() {
        return respond(nextRandom());
    }

    /** A name of the flood, and one that is asked for again and again. */
    @Benchmark
    public int randomAndHot() {
        return respond(nextRandom()) + respond(nextHot());
    }
}
