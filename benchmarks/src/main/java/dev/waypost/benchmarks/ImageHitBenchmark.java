package dev.waypost.benchmarks;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.wire.Route;
import dev.waypost.wire.WireResponder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The wire plane by itself: a query of 48 octets with OPT, answered from an image, or read, resolved by one map look-up
 * and written anew.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ImageHitBenchmark {
    private static final int PAYLOAD = 1232;

    /** How many names are asked for in turn. */
    @Param({"1", "10000"})
    int names;

    /** Address records in each answer. */
    @Param({"1", "8"})
    int addresses;

    private final byte[] reply = new byte[PAYLOAD];
    private byte[][] queries;
    private WireResponder imaging;
    private WireResponder rendering;
    private int turn;

    /** Builds queries, answers and the two doors. */
    @Setup
    public void setUp() {
        queries = new byte[names][];
        Map<Name, Response> answers = new HashMap<>();
        for (int i = 0; i < names; i++) {
            Name qname = Name.fromConstantString("orders-" + (10_000 + i) + ".shop.example.");
            queries[i] = query(qname);
            answers.put(qname, answer(qname));
        }
        Route route = new Route(
                "dns://:53",
                "example.",
                query -> answers.getOrDefault(query.qname(), Response.failure(Rcode.SERVFAIL)),
                List.of());
        imaging = new WireResponder(new OneRoute(route), 65_536, Ticker.SYSTEM);
        rendering = new WireResponder(new OneRoute(route), 0, Ticker.SYSTEM);
    }

    private static byte[] query(Name qname) {
        Message message = new Message(4711);
        message.addRecord(Record.newRecord(qname, Type.A, DClass.IN), 0);
        message.addRecord(new OPTRecord(PAYLOAD, 0, 0), 3);
        return message.toWire();
    }

    private Response answer(Name qname) {
        List<byte[]> rdata = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            rdata.add(new byte[] {(byte) 198, 18, 0, (byte) i});
        }
        return Response.answer(Freshness.always(), RecordSet.ofRdata(qname, Type.A, 30, rdata))
                .withRotatable(true);
    }

    /** Replays an image. */
    @Benchmark
    public int hit() {
        return respond(imaging);
    }

    /** Reads the query and writes the reply. */
    @Benchmark
    public int render() {
        return respond(rendering);
    }

    private int respond(WireResponder responder) {
        turn = turn + 1 == names ? 0 : turn + 1;
        byte[] query = queries[turn];
        return responder.respond(query, query.length, reply, NowhereLater.UDP);
    }
}
