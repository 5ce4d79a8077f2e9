package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Lifecycle;
import dev.waypost.Pending;
import dev.waypost.PeriodicTask;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Readiness;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.Patience;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DnsEngineTest {
    private static final Name EXAMPLE = Name.fromConstantString("example.");
    private static final Name WWW = Name.fromConstantString("www.example.");
    private static final Duration NO_WAIT = Duration.ZERO;

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aNameOutsideEveryZoneIsRefused() {
        try (DnsEngine engine = engineOf(answering("192.0.2.1"))) {
            assertThat(rcode(engine, Name.fromConstantString("other."))).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void aThrowingResolverBecomesServfailAndItsObserverIsTold() {
        Watcher watcher = new Watcher();
        Resolver broken = query -> {
            throw new IllegalStateException("on purpose");
        };
        try (DnsEngine engine = DnsEngine.builder()
                .resolver(EXAMPLE, broken)
                .observer(watcher)
                .build()
                .start()) {
            assertThat(rcode(engine, WWW)).isEqualTo(Rcode.SERVFAIL);
            assertThat(watcher.failures).singleElement().asString().contains("on purpose");
            assertThat(watcher.exchanges).extracting(Exchange::rcode).containsExactly(Rcode.SERVFAIL);
        }
    }

    @Test
    void aPendingThatFailsBecomesServfail() throws Exception {
        CompletableFuture<Resolution> later = new CompletableFuture<>();
        try (DnsEngine engine = engineOf(query -> Pending.on(later))) {
            Resolution resolution = engine.resolve(Query.of(WWW, Type.A));
            later.completeExceptionally(new IllegalStateException("on purpose"));
            assertThat(resolution).isInstanceOf(Pending.class);
            Resolution settled =
                    ((Pending) resolution).settled().toCompletableFuture().get(1, TimeUnit.MINUTES);
            assertThat(((Response) settled).rcode()).isEqualTo(Rcode.SERVFAIL);
        }
    }

    @Test
    void anObserverSeesAQueryOfThisJvm() {
        Watcher watcher = new Watcher();
        try (DnsEngine engine = DnsEngine.builder()
                .resolver(EXAMPLE, answering("192.0.2.1"))
                .observer(watcher)
                .build()
                .start()) {
            engine.resolve(Query.of(WWW, Type.A));
        }
        Exchange seen = watcher.exchanges.get(0);
        assertThat(seen.server()).isEqualTo("memory");
        assertThat(seen.zone()).isEqualTo("example.");
        assertThat(seen.answerRecords()).isEqualTo(1);
        assertThat(seen.replayed()).isFalse();
    }

    @Test
    void replacingAPlanChangesTheAnswersAndEndsTheOldPartsAtClose() {
        DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("old"))).start();
        engine.replace(plan("192.0.2.2", new Part("new")));
        assertThat(engine.addresses("www.example.").orThrow())
                .extracting(InetAddress::getHostAddress)
                .containsExactly("192.0.2.2");
        engine.close();
        assertThat(events).containsExactly("start old", "start new", "close old", "close new");
    }

    @Test
    void aReadyPartIsNotReplacedByOneThatIsNot() {
        try (DnsEngine engine =
                DnsEngine.of(plan("192.0.2.1", new Part("cluster"))).start()) {
            Part away = new Part("cluster");
            away.readyAfterAsks = Integer.MAX_VALUE;
            assertThatThrownBy(() -> engine.replace(plan("192.0.2.2", away)))
                    .hasMessage("cluster is not ready in the new plan, and the old one's is: start");
            assertThat(engine.addresses("www.example.").orThrow())
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("192.0.2.1");
            assertThat(events).containsExactly("start cluster", "start cluster", "close cluster");
        }
    }

    @Test
    void closingEndsAReplacementThatWaits() throws Exception {
        DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("cluster"))).start();
        Part away = new Part("cluster");
        away.readyAfterAsks = Integer.MAX_VALUE;
        CountDownLatch asked = new CountDownLatch(1);
        away.whenAsked = asked::countDown;
        EnginePlan next = EnginePlan.builder()
                .lifecycle(away)
                .startupTimeout(Duration.ofHours(1))
                .build();
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> engine.replace(next));
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        engine.close();
        assertThat(replacing).failsWithin(Patience.LIMIT);
        assertThat(events).filteredOn("close cluster"::equals).hasSize(2);
    }

    @Test
    void aClosedEngineIsNotStartedAgain() {
        DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("part")));
        engine.close();
        assertThatThrownBy(engine::start).hasMessage("the engine is closed");
        assertThat(events).isEmpty();
    }

    @Test
    void plansReplacedInARushDoNotPileUp() {
        try (DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("0"))).start()) {
            for (int i = 1; i <= 6; i++) {
                engine.replace(plan("192.0.2.1", new Part(Integer.toString(i))));
            }
            assertThat(events).filteredOn(event -> event.startsWith("close")).startsWith("close 0", "close 1");
        }
    }

    @Test
    void aPlanThatDoesNotStartLeavesTheOldOneAnswering() {
        DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("old"))).start();
        EnginePlan bad = plan("192.0.2.2", new Part("first"), new Part("broken"));
        assertThatThrownBy(() -> engine.replace(bad)).hasMessage("broken on purpose");
        assertThat(engine.addresses("www.example.").orThrow())
                .extracting(InetAddress::getHostAddress)
                .containsExactly("192.0.2.1");
        assertThat(events).containsExactly("start old", "start first", "close first");
        engine.close();
    }

    @Test
    void aNewPlanIsWaitedForAsLongAsItsStartupTimeoutSays() {
        try (DnsEngine engine = DnsEngine.of(plan("192.0.2.1")).start()) {
            Part late = new Part("late");
            late.readyAfterAsks = 3;
            EnginePlan next = EnginePlan.builder()
                    .zone(EXAMPLE, answering("192.0.2.2"))
                    .lifecycle(late)
                    .startupTimeout(Duration.ofMinutes(1))
                    .startupTimeout(Duration.ZERO)
                    .build();
            engine.replace(next);
            assertThat(engine.readiness().get("late")).isEqualTo(Readiness.READY);
            assertThat(next.startupTimeout()).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void readinessNamesThePartThatIsWaited() {
        try (DnsEngine engine = DnsEngine.of(plan("192.0.2.1", new Part("slow")))) {
            assertThat(engine.awaitReady(NO_WAIT)).isFalse();
            assertThat(engine.readiness().get("slow")).isEqualTo(Readiness.waitingFor("start"));
            engine.start();
            assertThat(engine.awaitReady(NO_WAIT)).isTrue();
        }
    }

    @Test
    void aPeriodicTaskGoesOnAfterAnExceptionAndAfterAnError() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        PeriodicTask task = new PeriodicTask("test", Duration.ofMillis(1), () -> {
            runs.countDown();
            if (runs.getCount() == 1) {
                throw new StackOverflowError("on purpose");
            }
            throw new IllegalStateException("on purpose");
        });
        try (DnsEngine engine = DnsEngine.builder().every(task).build().start()) {
            assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(engine.plan().tasks()).containsExactly(task);
        }
    }

    private static int rcode(DnsEngine engine, Name qname) {
        return ((Response) engine.resolve(Query.of(qname, Type.A))).rcode();
    }

    private static DnsEngine engineOf(Resolver resolver) {
        return DnsEngine.builder().resolver(EXAMPLE, resolver).build().start();
    }

    private EnginePlan plan(String address, Lifecycle... parts) {
        EnginePlan.Builder plan = EnginePlan.builder().zone(EXAMPLE, answering(address));
        for (Lifecycle part : parts) {
            plan.lifecycle(part);
        }
        return plan.build();
    }

    /** Answers every A query with one address, and any other with NODATA. */
    private static Resolver answering(String address) {
        byte[] octets = new byte[4];
        String[] parts = address.split("\\.");
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return query -> query.qtype() == Type.A
                ? Response.answer(Freshness.always(), RecordSet.ofRdata(query.qname(), Type.A, 30, List.of(octets)))
                : Response.empty(Rcode.NOERROR, Freshness.always());
    }

    private static final class Watcher implements QueryObserver {
        private final List<Exchange> exchanges = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

        @Override
        public void replied(Exchange exchange) {
            exchanges.add(exchange);
        }

        @Override
        public void failed(Query query, Throwable cause) {
            failures.add(cause);
        }
    }

    private final class Part implements Lifecycle {
        private final String name;
        private volatile boolean started;
        private volatile int readyAfterAsks;
        private Runnable whenAsked = () -> {};

        Part(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            if (name.equals("broken")) {
                throw new IllegalStateException("broken on purpose");
            }
            started = true;
            events.add("start " + name);
        }

        @Override
        public Readiness readiness() {
            whenAsked.run();
            return started && readyAfterAsks-- <= 0 ? Readiness.READY : Readiness.waitingFor("start");
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }
}
