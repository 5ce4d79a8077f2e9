package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Lifecycle;
import dev.waypost.Readiness;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.CorefilePlanner;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.ReloadSettings;
import dev.waypost.corefile.Statement;
import dev.waypost.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a part that never becomes ready can be ended. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WaitingForReadinessTest {
    @TempDir
    Path folder;

    private final CountDownLatch waiting = new CountDownLatch(1);

    private CorefileServer start(Path corefile) {
        List<DirectiveFactory> directives = new ArrayList<>(ServiceLoader.load(DirectiveFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> !List.of("whoami", "hosts", "reload").contains(each.name()))
                .toList());
        directives.add(directive("whoami", block -> block.resolver(TestPlans.a("192.0.2.1"))));
        directives.add(directive("hosts", this::neverReady));
        directives.add(
                directive("reload", block -> block.attach(new ReloadSettings(Duration.ofMillis(20), Duration.ZERO))));
        return CorefileServer.start(corefile, CorefilePlanner.of(directives), TestPlans.QUICK);
    }

    private void neverReady(BlockContext block) {
        block.startupTimeout(Duration.ofHours(1));
        block.lifecycle(new Lifecycle() {
            @Override
            public String name() {
                return "never";
            }

            @Override
            public void start() {
                waiting.countDown();
            }

            @Override
            public Readiness readiness() {
                return Readiness.waitingFor("a day that does not come");
            }

            @Override
            public void close() {}
        });
    }

    private Path write(String directives) throws IOException {
        return Files.writeString(
                folder.resolve("Corefile"), ".:0 {\n    bind 127.0.0.1\n" + directives + "\n    whoami\n}\n");
    }

    private void awaitTheWait() throws InterruptedException {
        assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @DisplayName("a stop ends a reload of the watch that waits for readiness")
    void aStopEndsAReloadOfTheWatch() throws Exception {
        CorefileServer server = start(write("reload"));
        write("reload\n    hosts");
        awaitTheWait();
        server.close();
        StartAndStopTest.assertNoThreadIsLeft();
    }

    @Test
    @DisplayName("a stop ends a reload that a caller waits for, and leaves the caller no interrupt")
    void aStopEndsAReloadOfACaller() throws Exception {
        CorefileServer server = start(write("errors"));
        write("hosts");
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            server.reloadNow();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        awaitTheWait();
        server.close();
        caller.join();
        assertThat(interrupted).hasValue(false);
        StartAndStopTest.assertNoThreadIsLeft();
    }

    @Test
    @DisplayName("at start the pages are served during the wait, and an interrupt ends it")
    void pagesAreServedDuringTheWaitAtStart() throws Exception {
        int port = FreePort.next();
        URI page = URI.create("http://127.0.0.1:" + port);
        Path corefile = write("health 127.0.0.1:" + port + "\n    ready 127.0.0.1:" + port + "\n    hosts");
        AtomicReference<CorefileServer> started = new AtomicReference<>();
        Thread starting = new Thread(() -> started.set(start(corefile)));
        starting.start();
        awaitTheWait();
        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> EndpointTest.get(page.resolve("/health")).statusCode() == 200);
        assertThat(EndpointTest.get(page.resolve("/ready")).statusCode()).isEqualTo(503);
        assertThat(starting.isAlive()).isTrue();

        starting.interrupt();
        starting.join();
        try (CorefileServer server = started.get()) {
            assertThat(Wire.address(server.server().addresses().get(0), TestPlans.HOST))
                    .isEqualTo("192.0.2.1");
        }
    }

    private static DirectiveFactory directive(String name, Consumer<BlockContext> effect) {
        return new DirectiveFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void configure(Statement directive, BlockContext block) {
                effect.accept(block);
            }
        };
    }
}
