package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.Lifecycle;
import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.testing.FreePort;
import dev.waypost.testing.OpenSockets;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ReloadTest {
    private static final ListenPoint FIRST = new ListenPoint("dns", "127.0.0.1", 0);

    private static final ListenPoint SECOND = new ListenPoint("dns", "127.0.0.2", 0);

    private DnsEngine engine;
    private DnsServer server;
    private InetSocketAddress first;

    @BeforeEach
    void start() {
        engine = DnsEngine.of(TestPlans.saying("192.0.2.1", FIRST).build()).start();
        server = DnsServer.builder(engine).options(TestPlans.QUICK).start();
        first = server.addresses().get(0);
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    @Test
    void theNewPlanAnswersOnTheSocketsThatStay() throws IOException {
        try (Socket open = Wire.connect(first)) {
            server.reload(TestPlans.saying("192.0.2.2", FIRST).build());

            assertThat(server.addresses()).containsExactly(first);
            assertThat(Wire.address(first, TestPlans.HOST)).isEqualTo("192.0.2.2");
            open.getOutputStream().write(Wire.frame(Wire.query(1, TestPlans.HOST, Type.A)));
            assertThat(Wire.firstOf(Wire.read(open))).isEqualTo("192.0.2.2");
        }
    }

    @Test
    void newAddressesAreServedAndOldOnesClosed() throws IOException {
        try (Socket idle = Wire.connect(first)) {
            server.reload(TestPlans.saying("192.0.2.2", SECOND).build());

            InetSocketAddress second = server.addresses().get(0);
            assertThat(second.getAddress().getHostAddress()).isEqualTo("127.0.0.2");
            assertThat(Wire.address(second, TestPlans.HOST)).isEqualTo("192.0.2.2");
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            new DatagramSocket(first).close();
        }
    }

    @Test
    void anAddressThatIsTakenLeavesEverythingAsItWas() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            ListenPoint busy = new ListenPoint("dns", "127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> server.reload(
                            TestPlans.saying("192.0.2.2", SECOND, busy).build()))
                    .hasMessageStartingWith("cannot listen on udp 127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(server.addresses()).containsExactly(first);
        assertThat(Wire.address(first, TestPlans.HOST)).isEqualTo("192.0.2.1");
    }

    @Test
    void aPartThatDoesNotStartLeavesEverythingAsItWas() throws IOException {
        assertThatThrownBy(() -> server.reload(TestPlans.saying("192.0.2.2", SECOND)
                        .lifecycle(new Unstartable())
                        .build()))
                .hasMessage("thrown by a test");
        assertThat(server.addresses()).containsExactly(first);
        assertThat(Wire.address(first, TestPlans.HOST)).isEqualTo("192.0.2.1");
    }

    @Test
    void anAddressMayGoFromOneListenPointToAnother() throws IOException {
        int port = FreePort.next();
        server.reload(TestPlans.saying(
                        "192.0.2.2", new ListenPoint("dns", "127.0.0.2", 0), new ListenPoint("dns", "127.0.0.3", port))
                .build());
        InetSocketAddress kept = server.addresses().stream()
                .filter(each -> each.getPort() == port)
                .findFirst()
                .orElseThrow();
        server.reload(TestPlans.saying("192.0.2.3", new ListenPoint("dns", "127.0.0.3", port))
                .build());

        assertThat(server.addresses()).containsExactly(kept);
        assertThat(Wire.address(kept, TestPlans.HOST)).isEqualTo("192.0.2.3");
    }

    @Test
    void anAddressThatIsGivenUpIsFreeAtOnce() {
        int port = FreePort.next();
        EnginePlan wanted = TestPlans.saying("192.0.2.2", new ListenPoint("dns", "127.0.0.1", port))
                .build();
        try (DnsServer patient =
                DnsServer.builder(engine).options(TestPlans.PATIENT).start()) {
            for (int round = 0; round < 50; round++) {
                patient.reload(wanted);
                patient.reload(TestPlans.saying("192.0.2.1", FIRST).build());
                assertThat(FreePort.isFree(port)).as("round " + round).isTrue();
            }
        }
    }

    @Test
    void noQueryIsLostOrAnsweredByNobodyWhileReloading() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread client = new Thread(() -> {
            try {
                while (!done.get()) {
                    assertThat(Wire.udp(first, TestPlans.HOST, Type.A).getRcode())
                            .isEqualTo(Rcode.NOERROR);
                    asked.incrementAndGet();
                }
            } catch (IOException | AssertionError lost) {
                failure.set(lost);
            }
        });
        client.start();
        for (int round = 0; round < 50; round++) {
            int before = asked.get();
            server.reload(TestPlans.saying("192.0.2." + round, FIRST).build());
            await().until(() -> asked.get() > before || failure.get() != null);
        }
        done.set(true);
        client.join(Wire.PATIENCE_MILLIS);
        assertThat(failure.get()).isNull();
        assertThat(asked.get()).isGreaterThanOrEqualTo(50);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void manyReloadsLeakNoSocketAndNoThread() throws IOException {
        reloadTo(SECOND);
        reloadTo(FIRST);
        long sockets = OpenSockets.count();
        int threads = StartAndStopTest.serverThreads().size();
        for (int round = 0; round < 1_000; round++) {
            reloadTo(round % 2 == 0 ? SECOND : FIRST);
        }
        await().untilAsserted(() -> assertThat(OpenSockets.count()).isLessThanOrEqualTo(sockets));
        await().untilAsserted(() -> assertThat(StartAndStopTest.serverThreads()).hasSizeLessThanOrEqualTo(threads));
    }

    private void reloadTo(ListenPoint point) {
        server.reload(TestPlans.saying("192.0.2.2", point)
                .attach(HttpEndpoint.health(point.host() + ":0", Duration.ZERO))
                .build());
    }

    private static final class Unstartable implements Lifecycle {
        @Override
        public String name() {
            return "unstartable";
        }

        @Override
        public void start() {
            throw new IllegalStateException("thrown by a test");
        }

        @Override
        public void close() {}
    }
}
