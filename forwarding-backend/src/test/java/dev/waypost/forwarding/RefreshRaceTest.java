package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.testing.Patience;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Clients, refreshes and the clock race each other. The upstream answers later and on its own threads, with a number that
 * grows: its address. Now and then it fails.
 */
class RefreshRaceTest {
    private static final int SEED = 44;
    private static final int CLIENTS = 4;
    private static final int NAMES = 8;
    private static final int QUESTIONS = 5_000;
    private static final Duration TTL = Duration.ofSeconds(10);
    /** Time goes with the questions, or where clients are slow a day would pass, and with it what is stale. */
    private static final int TICKS_A_QUESTION = 5;

    private final FakeClock clock = new FakeClock();
    /** Time stands still while the upstream answers, so that an answer's time is known exactly. */
    private final ReadWriteLock time = new ReentrantReadWriteLock();

    private final ExecutorService upstream = Executors.newFixedThreadPool(2);
    private final AtomicInteger[] inFlight = numbers();
    private final AtomicInteger[] numbers = numbers();
    private final Map<String, Long> answeredAt = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Random luck = new Random(SEED);
    private CachedResolver cache;

    private static AtomicInteger[] numbers() {
        return IntStream.range(0, NAMES).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
    }

    @AfterEach
    void close() {
        upstream.shutdownNow();
    }

    private static Query query(int name) {
        return Questions.a("name" + name + ".example.");
    }

    private static int nameOf(Name qname) {
        return qname.getLabelString(0).charAt("name".length()) - '0';
    }

    private Resolution ask(Query query) {
        int name = nameOf(query.qname());
        if (inFlight[name].incrementAndGet() > 1) {
            faults.add("two refreshes of " + query.qname() + " at once");
        }
        CompletableFuture<Resolution> later = new CompletableFuture<>();
        upstream.execute(() -> answer(query.qname(), name, later));
        return Pending.on(later);
    }

    private void answer(Name qname, int name, CompletableFuture<Resolution> later) {
        while (later.getNumberOfDependents() == 0) {
            Thread.yield(); // an answer before anybody waits would be taken in by a client, while time goes on
        }
        time.readLock().lock();
        try {
            inFlight[name].decrementAndGet();
            int fate = numbers[name].get() == 0 ? 99 : roll();
            if (fate < 10) {
                later.complete(CacheProbe.servfail());
            } else if (fate == 10) {
                later.completeExceptionally(new IllegalStateException("one that is meant to fail"));
            } else {
                int number = numbers[name].incrementAndGet();
                answeredAt.put(name + "/" + number, clock.now());
                byte[] address =
                        ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
                later.complete(CacheProbe.answered()
                        .withAnswer(
                                List.of(RecordSet.ofRdata(qname, Type.A, (int) TTL.toSeconds(), List.of(address)))));
            }
        } finally {
            time.readLock().unlock();
        }
    }

    private synchronized int roll() {
        return luck.nextInt(100);
    }

    /** One client: what it is told of a name never grows older. */
    private void client(int seed) {
        Random random = new Random(seed);
        int[] last = new int[NAMES];
        for (int i = 0; i < QUESTIONS; i++) {
            int name = random.nextInt(NAMES);
            questions.incrementAndGet();
            long now = clock.now();
            Query query = query(name).withDeadline(now + Query.DEFAULT_TIMEOUT.toNanos());
            Resolution resolution = cache.resolve(query);
            Response response = (Response)
                    (resolution instanceof Pending pending
                            ? pending.settled().toCompletableFuture().join()
                            : resolution);
            int number = response.answer().isEmpty()
                    ? -1
                    : ByteBuffer.wrap(response.answer().get(0).rdata(0)).getInt();
            if (number < last[name]) {
                faults.add("after " + last[name] + " came " + number + " for name " + name);
            } else if (response.staleness() == Staleness.FRESH
                    && now - answeredAt.get(name + "/" + number) >= TTL.toNanos()) {
                faults.add("over its time and not said to be stale: " + number + " for name " + name);
            }
            last[name] = Math.max(number, last[name]);
        }
    }

    @ParameterizedTest
    @EnumSource(StalePolicy.class)
    void oneRefreshAtATimeAndNobodyIsToldSomethingOlder(StalePolicy policy) throws Exception {
        CachingLayer layer = CachingLayer.builder()
                .ticker(clock.ticker())
                .prefetch(2, Duration.ofMinutes(1), 50)
                .serveStale(policy)
                .failureRecheck(Duration.ofSeconds(1))
                .build(clock);
        cache = (CachedResolver) layer.over(this::ask);
        for (int name = 0; name < NAMES; name++) {
            ((Pending) cache.resolve(query(name)))
                    .settled()
                    .toCompletableFuture()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<? extends Future<?>> running = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> clients.submit(() -> client(SEED + i)))
                    .toList();
            for (long ticks = 0; !running.stream().allMatch(Future::isDone); Thread.yield()) {
                if (ticks < (long) TICKS_A_QUESTION * questions.get()) {
                    tick();
                    ticks++;
                }
            }
            for (var each : running) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(faults).isEmpty();
        Awaitility.await().until(() -> cache.underWay() == 0);
        assertThat(layer.stores().successes().hits()).isPositive();
    }

    private void tick() {
        time.writeLock().lock();
        try {
            clock.advance(Duration.ofMillis(100));
        } finally {
            time.writeLock().unlock();
        }
    }
}
