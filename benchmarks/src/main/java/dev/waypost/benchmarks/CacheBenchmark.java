package dev.waypost.benchmarks;

import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.forwarding.CachingLayer;
import dev.waypost.wire.Route;
import dev.waypost.wire.WireResponder;
import java.util.List;
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
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The cache for forwarded answers by itself: over a resolver that answers at once, so that what is measured is what the
 * cache adds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CacheBenchmark {
    private static final int HOT = 1_000;
    /** Far more than the cache holds, so that each is gone before its turn comes again. */
    private static final int COLD = 200_000;

    private final byte[] reply = new byte[1232];
    private final Query[] hot = new Query[HOT];
    private final Query[] cold = new Query[COLD];
    private Resolver upstream;
    private Resolver cache;
    private WireResponder wire;
    private byte[] message;
    private int turn;

    /** Builds queries, and a cache that holds the hot ones. */
    @Setup
    public void setUp() {
        RecordSet address = RecordSet.ofRdata(Name.root, Type.A, 86_400, List.of(new byte[] {(byte) 198, 18, 0, 1}));
        upstream = query -> Response.empty(Rcode.NOERROR, Freshness.uncached())
                .withAnswer(List.of(address.withOwner(query.qname())));
        CachingLayer layer = CachingLayer.builder().build();
        cache = layer.over(upstream);
        for (int i = 0; i < COLD; i++) {
            cold[i] = Query.of(Name.fromConstantString("cold-" + i + ".shop.example."), Type.A);
        }
        for (int i = 0; i < HOT; i++) {
            hot[i] = Query.of(Name.fromConstantString("orders-" + i + ".shop.example."), Type.A);
            cache.resolve(hot[i]);
        }
        Route route = new Route("dns://:53", ".", cache, List.of(layer));
        wire = new WireResponder(new OneRoute(route), 65_536, Ticker.SYSTEM);
        message = Message.newQuery(Record.newRecord(hot[0].qname(), Type.A, DClass.IN))
                .toWire();
    }

    private Query next(Query[] queries) {
        turn = turn + 1 >= queries.length ? 0 : turn + 1;
        return queries[turn];
    }

    /** An answer that is kept: found, its TTL counted down. */
    @Benchmark
    public Resolution hit() {
        return cache.resolve(next(hot));
    }

    /** An answer that is not kept yet: looked for, asked for, kept, another one evicted. */
    @Benchmark
    public Resolution miss() {
        return cache.resolve(next(cold));
    }

    /** The same question without a cache: what a miss costs in any case. */
    @Benchmark
    public Resolution uncached() {
        return upstream.resolve(next(cold));
    }

    /** A kept answer replayed from its image; the cache counts it. */
    @Benchmark
    public int replay() {
        return wire.respond(message, message.length, reply, NowhereLater.UDP);
    }
}
