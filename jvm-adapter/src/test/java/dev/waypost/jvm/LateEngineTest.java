package dev.waypost.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.Lifecycle;
import dev.waypost.Readiness;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

@DisplayName("An engine that is made at the first look-up")
class LateEngineTest {
    private static final Duration AGES = Duration.ofHours(1);

    @Test
    void nothingIsMadeBeforeANameIsLookedUpAndNothingForLocalhost() {
        AtomicInteger made = new AtomicInteger();
        LateEngine late = new LateEngine(() -> {
            made.incrementAndGet();
            return engine(AGES, new Part(true));
        });
        assertThat(late.engineFor("LocalHost")).isNull();
        assertThat(made).hasValue(0);
        assertThat(late.engineFor("web.example")).isNotNull();
        assertThat(late.engineFor("web.example")).isNotNull();
        assertThat(made).hasValue(1);
        late.uninstalled();
    }

    @Test
    void aLookupWaitsUntilTheEngineIsReady() throws Exception {
        Part part = new Part(false);
        LateEngine late = new LateEngine(() -> engine(AGES, part));
        CompletableFuture<DnsEngine> lookup = CompletableFuture.supplyAsync(() -> late.engineFor("web.example"));
        part.started.await();
        part.ready = true;
        assertThat(lookup.get()).isNotNull();
        late.uninstalled();
    }

    @Test
    void aLookupWaitsNoLongerThanTheConfigurationSays() {
        Part part = new Part(false);
        LateEngine late = new LateEngine(() -> engine(Duration.ofMillis(1), part));
        assertThat(late.engineFor("web.example")).isNull();
        part.ready = true;
        assertThat(late.engineFor("web.example")).isNotNull();
        late.uninstalled();
    }

    @Test
    void theHostsThatTheEngineNeedsAreNotWaitedFor() {
        AtomicReference<LateEngine> late = new AtomicReference<>();
        Part part = new Part(false);
        CompletableFuture<DnsEngine> own = new CompletableFuture<>();
        part.atStart = () -> Thread.ofVirtual()
                .start(
                        () -> { // as a watch looks up its API server
                            own.complete(late.get().engineFor("api.example"));
                            part.ready = true;
                        });
        late.set(new LateEngine(() -> engine(AGES, part)));
        assertThat(late.get().engineFor("web.example")).isNotNull();
        assertThat(own).isCompletedWithValue(null);
        late.get().uninstalled();
    }

    @Test
    void whatLooksUpNamesWhileItMakesTheEngineIsAnsweredByTheBuiltInResolver() {
        AtomicReference<LateEngine> late = new AtomicReference<>();
        CompletableFuture<DnsEngine> within = new CompletableFuture<>();
        late.set(new LateEngine(() -> {
            within.complete(late.get().engineFor("credentials.example"));
            return engine(AGES, new Part(true));
        }));
        assertThat(late.get().engineFor("web.example")).isNotNull();
        assertThat(within).isCompletedWithValue(null);
        late.get().uninstalled();
    }

    @Test
    void anEngineThatCannotBeMadeLeavesTheBuiltInResolver() {
        LateEngine late = new LateEngine(() -> {
            throw new LinkageError("a jar is missing");
        });
        assertThat(late.engineFor("web.example")).isNull();
        assertThat(late.engineFor("web.example")).isNull();
    }

    @Test
    void anEngineWhosePartDoesNotStartIsClosed() {
        Part part = new Part(true);
        Part broken = new Part(true);
        broken.atStart = () -> {
            throw new IllegalStateException("no");
        };
        LateEngine late = new LateEngine(() -> engine(AGES, part, broken));
        assertThat(late.engineFor("web.example")).isNull();
        assertThat(part.closed).hasValue(1);
    }

    @Test
    void uninstallingItClosesItAlsoWhileItIsNotReady() throws Exception {
        Part part = new Part(false);
        LateEngine late = new LateEngine(() -> engine(AGES, part));
        CompletableFuture<DnsEngine> lookup = CompletableFuture.supplyAsync(() -> late.engineFor("web.example"));
        part.started.await();
        late.uninstalled();
        assertThat(lookup.get()).isNull();
        assertThat(part.closed).hasValue(1);
    }

    @Test
    void uninstallingItWhileItIsMadeClosesItAndNobodyGoesOnWithIt() throws Exception {
        Part part = new Part(true);
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch uninstalled = new CountDownLatch(1);
        LateEngine late = new LateEngine(() -> {
            making.countDown();
            try {
                uninstalled.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
            return engine(AGES, part);
        });
        CompletableFuture<DnsEngine> lookup = CompletableFuture.supplyAsync(() -> late.engineFor("web.example"));
        making.await();
        late.uninstalled();
        uninstalled.countDown();
        assertThat(lookup.get()).isNull();
        assertThat(part.closed).hasValue(1);
    }

    private static DnsEngine engine(Duration startupTimeout, Part... parts) {
        EnginePlan.Builder plan = EnginePlan.builder()
                .zone(Name.fromConstantString("example."), query -> Response.empty(Rcode.NXDOMAIN, Freshness.never()))
                .startupTimeout(startupTimeout);
        List.of(parts).forEach(plan::lifecycle);
        return DnsEngine.of(plan.build());
    }

    /** A part of an engine that is ready when it is told so. */
    private static final class Part implements Lifecycle {
        private final CountDownLatch started = new CountDownLatch(1);
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean ready;
        private volatile Runnable atStart = () -> {};

        Part(boolean ready) {
            this.ready = ready;
        }

        @Override
        public String name() {
            return "part";
        }

        @Override
        public void start() {
            started.countDown();
            atStart.run();
        }

        @Override
        public Readiness readiness() {
            return ready ? Readiness.READY : Readiness.waitingFor("a test");
        }

        @Override
        public List<String> ownHosts() {
            return List.of("api.example");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
