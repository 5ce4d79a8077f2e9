package dev.waypost.zone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final Witness witness = new Witness();
    private final List<String> told = new ArrayList<>();

    @Test
    void breakingTellsEveryoneWhoWaitsOnce() {
        witness.onBreak(() -> told.add("one"));
        witness.onBreak(() -> told.add("two"));
        witness.breakNow();
        witness.breakNow();
        assertThat(told).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void whoComesAfterTheBreakIsToldAtOnce() {
        witness.breakNow();
        witness.onBreak(() -> told.add("late"));
        assertThat(told).containsExactly("late");
    }

    @Test
    void whoTookItsActionBackIsNotTold() {
        Runnable takeBack = witness.onBreak(() -> told.add("gone"));
        witness.onBreak(() -> told.add("stays"));
        takeBack.run();
        takeBack.run();
        witness.breakNow();
        assertThat(told).containsExactly("stays");
        takeBack.run();
        assertThat(witness.holdsAt(0)).isFalse();
    }

    @Test
    void aChainTellsWhenEitherBreaksAndKnowsTheTimeLeft() {
        Witness other = new Witness();
        Freshness chain = witness.and(other).and(Freshness.until(100));
        chain.onBreak(() -> told.add("broken"));
        assertThat(chain.nanosLeft(40)).isEqualTo(60);
        assertThat(witness.and(other).nanosLeft(40)).isEqualTo(Long.MAX_VALUE);
        assertThat(Freshness.never().nanosLeft(40)).isZero();
        other.breakNow();
        assertThat(told).containsExactly("broken");
        assertThat(chain.nanosLeft(40)).isZero();
    }

    @Test
    void aRaceLosesNobody() throws Exception {
        for (int round = 0; round < 200; round++) {
            Witness raced = new Witness();
            AtomicInteger count = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            Thread adder = new Thread(() -> {
                awaitUninterrupted(start);
                for (int i = 0; i < 20; i++) {
                    Runnable back = raced.onBreak(() -> {});
                    raced.onBreak(count::incrementAndGet);
                    back.run();
                }
            });
            adder.start();
            start.countDown();
            raced.breakNow();
            adder.join();
            assertThat(count).hasValue(20);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
