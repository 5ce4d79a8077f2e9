package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No want of memory ends a server's thread. */
class ServerThreadsTest {
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch recovered = new CountDownLatch(1);
    private final AtomicInteger turns = new AtomicInteger();

    private void work() {
        if (turns.incrementAndGet() < 5) {
            throw new OutOfMemoryError("thrown by a test");
        }
        recovered.countDown();
    }

    private void awaitRecovery(Thread thread) throws InterruptedException {
        assertThat(recovered.await(Wire.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        ServerThreads.join(List.of(thread));
    }

    @Test
    @DisplayName("what is thrown is counted, and the work goes on")
    void whatIsThrownIsCounted() throws InterruptedException {
        awaitRecovery(ServerThreads.start("worker", this::work, failures::incrementAndGet));
        assertThat(failures).hasValue(4);
    }

    @Test
    @DisplayName("a counter that throws too ends no thread")
    void aCounterThatThrowsEndsNoThread() throws InterruptedException {
        awaitRecovery(ServerThreads.start("worker", this::work, () -> {
            throw new OutOfMemoryError("thrown by a counter");
        }));
        assertThat(turns).hasValue(5);
    }
}
