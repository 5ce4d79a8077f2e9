package dev.waypost.benchmarks;

import dev.waypost.Query;
import dev.waypost.Resolution;
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
import org.openjdk.jmh.annotations.Param;
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
 * What a query costs as a static zone grows, {@value #QUERIES} random ones in turn: as many for a small zone, so that the
 * queries themselves cost the same. No image helps.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class ZoneSizeBenchmark {
    private static final int QUERIES = 65_536;
    private static final Name ORIGIN = Name.fromConstantString("shop.example.");

    /** Names in the zone. */
    @Param({"10", "1000000"})
    private int names;

    /** Whether they are asked for, or others of the same form. */
    @Param({"true", "false"})
    private boolean exists;

    private final Query[] queries = new Query[QUERIES];
    private final byte[][] messages = new byte[QUERIES][];
    private final byte[] reply = new byte[1232];
    private AuthoritativeResolver zone;
    private WireResponder wire;
    private int turn;

    /** Fills the zone and draws the questions. */
    @Setup
    public void fill() {
        StaticZone.Builder builder = StaticZone.builder(ORIGIN)
                .add(new SOARecord(ORIGIN, DClass.IN, 300, host(0), host(1), 1, 7200, 1800, 86_400, 30));
        for (int i = 0; i < names; i++) {
            byte[] address = {(byte) 198, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            builder.add(Record.newRecord(host(i), Type.A, DClass.IN, 300, address));
        }
        zone = new AuthoritativeResolver(builder.build(), FallthroughZones.NONE, query -> zone.resolve(query));
        wire = new WireResponder(
                new OneRoute(new Route("dns://:53", "shop.example.", zone, List.of())), 0, Ticker.SYSTEM);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < QUERIES; i++) {
            Name qname = host(random.nextInt(names) + (exists ? 0 : names));
            queries[i] = Query.of(qname, Type.A);
            messages[i] =
                    Message.newQuery(Record.newRecord(qname, Type.A, DClass.IN)).toWire();
        }
    }

    private static Name host(int number) {
        return Name.fromConstantString("orders-" + (10_000_000 + number) + "." + ORIGIN);
    }

    private int next() {
        turn = turn + 1 & QUERIES - 1;
        return turn;
    }

    /** A typed query. */
    @Benchmark
    public Resolution typed() {
        return zone.resolve(queries[next()]);
    }

    /** A message: read, answered, written. */
    @Benchmark
    public int message() {
        byte[] message = messages[next()];
        return wire.respond(message, message.length, reply, NowhereLater.UDP);
    }
}
