package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StreamLoopTest {
    private final StreamLoop loop = new StreamLoop(ServerOptions.DEFAULTS, new SocketCounters(), Ticker.SYSTEM);

    private Thread thread() throws InterruptedException {
        AtomicReference<Thread> itself = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        loop.execute(() -> {
            itself.set(Thread.currentThread());
            told.countDown();
        });
        told.await();
        return itself.get();
    }

    @Test
    void loopThatWaitsEndsWhenItIsClosed() throws InterruptedException {
        Thread thread = thread();
        loop.close();
        await().until(() -> !thread.isAlive());
    }

    @Test
    void loopThatIsTooBusyToEndInTimeEndsLaterAndDoesWhatItHadToDo() throws Exception {
        Thread thread = thread();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.allocate(1));
        loop.execute(() -> serve(pipe.source(), now -> {
            begun.countDown();
            uninterruptibly(busy); // as a resolver that keeps the thread
        }));
        begun.await();
        loop.execute(letGo::countDown);
        loop.close();
        assertThat(thread.isAlive()).isTrue();
        busy.countDown();
        await().until(() -> !thread.isAlive());
        assertThat(letGo.getCount()).isZero();
    }

    private void serve(SelectableChannel channel, StreamLoop.Selected selected) {
        try {
            loop.register(channel, SelectionKey.OP_READ, selected);
        } catch (IOException closed) {
            throw new AssertionError(closed);
        }
    }

    @Test
    void loopThatIsClosedByAnInterruptedThreadEnds() throws InterruptedException {
        Thread thread = thread();
        Thread.currentThread().interrupt(); // so nobody waits for it
        loop.close();
        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> !thread.isAlive());
    }

    @Test
    void loopThatFailsWhileItIsClosedEnds() throws InterruptedException {
        Thread thread = thread();
        loop.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        loop.close();
        await().until(() -> !thread.isAlive());
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
