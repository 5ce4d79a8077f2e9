package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class WatchesTest {
    private static final Duration AGES = Duration.ofHours(1);
    private static final String WEB = "web.zone.";
    private static final Question<List<InetAddress>> QUESTION = Question.addresses(WEB, AddressFamily.IPV4);

    private final Answers answers = new Answers();
    private final Lookups lookups = new Lookups(answers, answers, SearchList.NONE, Ticker.SYSTEM, 64);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Watches watches = new Watches(lookups, timer, Ticker.SYSTEM);
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        watches.close();
        timer.shutdownNow();
    }

    private void tell(Lookup<List<InetAddress>> lookup) {
        told.add(text(lookup));
    }

    private static String text(Lookup<List<InetAddress>> lookup) {
        return lookup instanceof Lookup.Found<List<InetAddress>> found
                ? found.value().get(0).getHostAddress()
                : lookup.getClass().getSimpleName();
    }

    private void awaitTold(String... all) {
        await().untilAsserted(() -> assertThat(told).containsExactly(all));
    }

    /** Watches share a thread: when this one had its turn, those before it have had theirs. */
    private void awaitTurn() throws Exception {
        watches.first(Question.addresses("other.zone.", AddressFamily.IPV4), any -> true)
                .get(1, TimeUnit.MINUTES);
    }

    @Test
    void theFirstStateIsToldAtOnceThenEveryChangeInOrder() {
        answers.put(WEB, Type.A, "192.0.2.1");
        watches.watch(QUESTION, this::tell);
        awaitTold("192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.2");
        awaitTold("192.0.2.1", "192.0.2.2");
        answers.put(WEB, Type.A);
        awaitTold("192.0.2.1", "192.0.2.2", "NoSuchName");
        answers.put(WEB, Type.A, "192.0.2.3");
        awaitTold("192.0.2.1", "192.0.2.2", "NoSuchName", "192.0.2.3");
    }

    @Test
    void aChangeThatChangesNothingIsNotTold() {
        answers.put(WEB, Type.A, "192.0.2.1");
        watches.watch(QUESTION, this::tell);
        awaitTold("192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.2");
        awaitTold("192.0.2.1", "192.0.2.2");
    }

    @Test
    void aBurstIsToldAsOneAndTheLastStateIsNeverLeftOut() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        answers.put(WEB, Type.A, "192.0.2.1");
        watches.watch(QUESTION, lookup -> {
            tell(lookup);
            first.countDown();
            try {
                busy.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(first.await(1, TimeUnit.MINUTES)).isTrue();
        for (int i = 2; i < 200; i++) {
            answers.put(WEB, Type.A, "192.0.2." + i);
        }
        busy.countDown();
        awaitTold("192.0.2.1", "192.0.2.199");
    }

    @Test
    void randomChangesFromManyThreadsEndInTheLastState() throws Exception {
        answers.put(WEB, Type.A, "192.0.2.1");
        watches.watch(QUESTION, this::tell);
        Thread[] writers = new Thread[4];
        for (int i = 0; i < writers.length; i++) {
            Random random = new Random(i);
            writers[i] = new Thread(() -> {
                for (int n = 0; n < 500; n++) {
                    synchronized (answers) { // one writer at a time, as a source has it
                        answers.put(WEB, Type.A, "192.0.2." + (1 + random.nextInt(250)));
                    }
                }
            });
            writers[i].start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        String last = text(lookups.lookup(QUESTION));
        await().untilAsserted(() -> assertThat(told).last().isEqualTo(last));
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i)).isNotEqualTo(told.get(i - 1));
        }
    }

    @Test
    void closingEndsItAndLeavesNothing() {
        answers.put(WEB, Type.A, "192.0.2.1");
        Subscription watch = watches.watch(QUESTION, this::tell);
        awaitTold("192.0.2.1");
        watch.close();
        watch.close();
        int asked = answers.asked.size();
        answers.put(WEB, Type.A, "192.0.2.2");
        assertThat(answers.asked).hasSize(asked);
        assertThat(watches.size()).isZero();
        assertThat(told).containsExactly("192.0.2.1");
    }

    @Test
    void aListenerThatThrowsIsToldOnAndHarmsNoOther() {
        answers.put(WEB, Type.A, "192.0.2.1");
        watches.watch(QUESTION, lookup -> {
            throw new IllegalStateException("on purpose");
        });
        watches.watch(QUESTION, lookup -> {
            tell(lookup);
            throw new StackOverflowError("on purpose");
        });
        awaitTold("192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.2");
        awaitTold("192.0.2.1", "192.0.2.2");
    }

    @Test
    void whatCannotBeDecidedIsAskedAgainUntilItCan() {
        answers.say(WEB, Type.A, Response.failure(Rcode.SERVFAIL));
        watches.watch(QUESTION, this::tell);
        awaitTold("Failed");
        answers.say(WEB, Type.A, Response.answer(Freshness.always(), Answers.set(WEB, Type.A, "192.0.2.1")));
        awaitTold("Failed", "192.0.2.1");
    }

    @Test
    void anAnswerThatEndsByTimeIsAskedAgainThen() {
        long soon = Ticker.SYSTEM.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        answers.say(WEB, Type.A, Response.answer(Freshness.until(soon), Answers.set(WEB, Type.A, "192.0.2.1")));
        watches.watch(QUESTION, lookup -> {
            tell(lookup);
            answers.say(WEB, Type.A, Response.answer(Freshness.always(), Answers.set(WEB, Type.A, "192.0.2.2")));
        });
        awaitTold("192.0.2.1", "192.0.2.2");
    }

    @Test
    void anAnswerWhoseTimeWasOverBeforeItWasToldIsAskedAgainSoonAndNotAfterItsTtl() {
        byte[] octets = {(byte) 192, 0, 2, 1};
        RecordSet day = RecordSet.ofRdata(Name.fromConstantString(WEB), Type.A, 86_400, List.of(octets));
        answers.say(WEB, Type.A, Response.answer(Freshness.until(Ticker.SYSTEM.nanoTime()), day));
        watches.watch(QUESTION, this::tell);
        awaitTold("192.0.2.1");
        answers.say(WEB, Type.A, Response.answer(Freshness.always(), Answers.set(WEB, Type.A, "192.0.2.2")));
        awaitTold("192.0.2.1", "192.0.2.2");
    }

    @Test
    void aRoundThatComesAfterTheEndIsNobodysException() throws Exception {
        answers.say(WEB, Type.A, Response.failure(Rcode.SERVFAIL)); // to be asked again by the timer
        Taker taker = new Taker();
        watches.publisher(QUESTION).subscribe(taker);
        awaitTurn();
        timer.shutdownNow();
        watches.watch(QUESTION, this::tell, Runnable::run);
        assertThat(told).containsExactly("Failed");
        watches.close();
        taker.subscription.request(1);
        assertThat(told).containsExactly("Failed");
    }

    @Test
    void anAnswerFromAnUpstreamIsWatchedToo() {
        CompletableFuture<Resolution> upstream = new CompletableFuture<>();
        answers.later.put("www.example. A", upstream);
        watches.watch(Question.addresses("www.example.", AddressFamily.IPV4).within(AGES), this::tell);
        upstream.complete(Response.answer(Freshness.always(), Answers.set("www.example.", Type.A, "198.51.100.1")));
        awaitTold("198.51.100.1");
    }

    @Test
    void anotherPlanIsAskedAtOnce() {
        answers.say(WEB, Type.A, Response.answer(Freshness.always(), Answers.set(WEB, Type.A, "192.0.2.1")));
        watches.watch(QUESTION, this::tell);
        awaitTold("192.0.2.1");
        answers.say(WEB, Type.A, Response.answer(Freshness.always(), Answers.set(WEB, Type.A, "192.0.2.2")));
        lookups.forget();
        watches.refresh();
        awaitTold("192.0.2.1", "192.0.2.2");
    }

    @Test
    void theFirstOutcomeWantedCompletesAFuture() throws Exception {
        CompletableFuture<Lookup<List<InetAddress>>> two = watches.first(
                QUESTION,
                lookup -> lookup instanceof Lookup.Found<List<InetAddress>> found
                        && found.value().size() >= 2);
        answers.put(WEB, Type.A, "192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.1", "192.0.2.2");
        assertThat(two.get(1, TimeUnit.MINUTES).orThrow()).hasSize(2);
        await().until(() -> watches.size() == 0);
    }

    @Test
    void cancellingAFutureLeavesNoWatch() {
        CompletableFuture<Lookup<List<InetAddress>>> never = watches.first(QUESTION, lookup -> false);
        assertThat(watches.size()).isEqualTo(1);
        never.cancel(false);
        assertThat(watches.size()).isZero();
    }

    @Test
    void textThatIsNoDomainNameIsToldToTheCaller() {
        assertThatThrownBy(() -> watches.watch(Question.addresses("a..b"), this::tell))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubscriberGetsNoMoreThanItAskedForAndAlwaysTheLastState() throws Exception {
        answers.put(WEB, Type.A, "192.0.2.1");
        Taker taker = new Taker();
        watches.publisher(QUESTION).subscribe(taker);
        awaitTurn();
        answers.put(WEB, Type.A, "192.0.2.2");
        awaitTurn();
        taker.subscription.request(1);
        awaitTold("192.0.2.2");
        answers.put(WEB, Type.A, "192.0.2.3");
        answers.put(WEB, Type.A, "192.0.2.4");
        taker.subscription.request(Long.MAX_VALUE);
        await().untilAsserted(() -> assertThat(told).last().isEqualTo("192.0.2.4"));
        taker.subscription.cancel();
        await().until(() -> watches.size() == 0);
    }

    @Test
    void aNameIsAwaitedUntilTheEventThatBringsIt() {
        CompletableFuture<Lookup<List<InetAddress>>> awaited = watches.awaitName(WEB, AGES);
        answers.put(WEB, Type.A, "192.0.2.1");
        assertThat(text(awaited.join())).isEqualTo("192.0.2.1");
        assertThat(text(watches.awaitName(WEB, AGES).join())).isEqualTo("192.0.2.1"); // there already
        await().until(() -> watches.size() == 0);
    }

    @Test
    void aNameThatDoesNotComeInTimeIsATimeoutAndLeavesNoWatch() {
        assertThatThrownBy(watches.awaitName(WEB, Duration.ofMillis(1))::join)
                .hasCauseInstanceOf(TimeoutException.class);
        await().until(() -> watches.size() == 0); // whoever waits may go on before the watch is closed
        watches.awaitName(WEB, AGES).cancel(true);
        assertThat(watches.size()).isZero();
    }

    @Test
    void aSubscriberThatAsksForNothingIsToldSo() {
        Taker taker = new Taker();
        watches.publisher(QUESTION).subscribe(taker);
        taker.subscription.request(0);
        awaitTold("a subscriber asks for one or more, found 0");
        await().until(() -> watches.size() == 0);
    }

    private final class Taker implements Flow.Subscriber<Lookup<List<InetAddress>>> {
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Lookup<List<InetAddress>> lookup) {
            tell(lookup);
        }

        @Override
        public void onError(Throwable thrown) {
            told.add(thrown.getMessage());
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }
    }
}
