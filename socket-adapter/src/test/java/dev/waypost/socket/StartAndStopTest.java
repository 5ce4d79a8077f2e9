package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ConfigurationException;
import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class StartAndStopTest {
    private final TestPlans plans = new TestPlans();
    private DnsEngine engine;

    @BeforeEach
    void start() {
        engine = plans.engine();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private DnsServer serve(ListenPoint... points) {
        return DnsServer.builder(engine).listen(points).options(TestPlans.QUICK).start();
    }

    private static ListenPoint at(int port) {
        return new ListenPoint("dns", "127.0.0.1", port);
    }

    @Test
    void aTakenUdpPortIsNamedAndNothingStaysOpen() throws IOException {
        int other = FreePort.next();
        int port = FreePort.next();
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> serve(at(other), at(port)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot listen on udp 127.0.0.1:" + port + ": Address already in use");
            assertIsFree(other);
        }
        assertNoThreadIsLeft();
    }

    @Test
    void aTakenTcpPortIsNamedAndTheSameCallWorksOnceItIsFree() throws IOException {
        ServerSocket taken = new ServerSocket();
        int port = FreePort.next();
        taken.bind(new InetSocketAddress("127.0.0.1", port));
        assertThatThrownBy(() -> serve(at(port)))
                .hasMessage("cannot listen on tcp 127.0.0.1:" + port + ": Address already in use");
        taken.close();

        try (DnsServer server = serve(at(port))) {
            assertThat(Wire.address(server.addresses().get(0), TestPlans.HOST)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void aSecondServerCannotShareTheFirstOnesPort() {
        try (DnsServer first = serve(at(0))) {
            int port = first.addresses().get(0).getPort();
            assertThatThrownBy(() -> serve(at(port))).hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aTakenHttpPortIsNamedAndNothingStaysOpen() throws IOException {
        int dns = FreePort.next();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int free = FreePort.next();
            DnsEngine withPages = DnsEngine.of(plans.everything(at(dns))
                    .attach(HttpEndpoint.metrics("127.0.0.1:" + free))
                    .attach(HttpEndpoint.ready("127.0.0.1:" + taken.getLocalPort(), false))
                    .build());
            assertThatThrownBy(() -> DnsServer.builder(withPages).start())
                    .hasMessage("cannot listen on http 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
            assertIsFree(dns);
            assertIsFree(free);
            withPages.close();
        }
        assertNoThreadIsLeft();
    }

    @Test
    void aServerCanBeStartedAgainOnThePortItHad() throws IOException {
        int port = FreePort.next();
        for (int round = 0; round < 5; round++) {
            try (DnsServer server = serve(at(port))) {
                InetSocketAddress local = server.addresses().get(0);
                assertThat(local.getPort()).isEqualTo(port);
                assertThat(Wire.firstOf(Wire.tcp(local, TestPlans.HOST, Type.A)))
                        .isEqualTo("192.0.2.1");
                assertThat(Wire.address(local, TestPlans.HOST)).isEqualTo("192.0.2.1");
            }
        }
    }

    @Test
    void unknownHostsAndSchemesAreRefused() {
        assertThatThrownBy(() -> serve(new ListenPoint("dns", "eth-none", 0)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dns://eth-none:0: the host wants an address or an interface, found \"eth-none\"");
        assertThatThrownBy(() -> serve(new ListenPoint("https", "127.0.0.1", 0)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("https://127.0.0.1:0: the scheme wants dns or tls, found \"https\"");
        assertNoThreadIsLeft();
    }

    @Test
    void aServerWithNothingToListenOnIsRefused() {
        assertThatThrownBy(this::serve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing to listen on: neither the plan nor the builder has a listen point");
        assertNoThreadIsLeft();
    }

    @Test
    void aStopSendsWhatIsOwed() throws Exception {
        DnsServer server = DnsServer.builder(engine)
                .listen(at(0))
                .options(TestPlans.PATIENT)
                .start();
        InetSocketAddress local = server.addresses().get(0);
        try (DatagramSocket udp = new DatagramSocket();
                Socket tcp = Wire.connect(local)) {
            udp.connect(local);
            Wire.send(udp, Wire.query(1, TestPlans.LATER, Type.A));
            tcp.getOutputStream().write(Wire.frame(Wire.query(2, TestPlans.LATER, Type.A)));
            await().until(() -> plans.waiting() == 2);
            Thread closing = new Thread(server::close);
            closing.start();
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

            plans.completeAll();

            assertThat(Wire.read(tcp).getHeader().getID()).isEqualTo(2);
            assertThat(tcp.getInputStream().read()).isEqualTo(-1);
            assertThat(Wire.receive(udp).getHeader().getID()).isEqualTo(1);
            closing.join(Wire.PATIENCE_MILLIS);
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void aStopLeavesNoThreadAndNoPort() throws IOException {
        DnsServer server = serve(at(FreePort.next()));
        InetSocketAddress local = server.addresses().get(0);
        try (Socket idle = Wire.connect(local)) {
            Wire.tcp(local, TestPlans.HOST, Type.A);
            server.close();
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
        assertNoThreadIsLeft(); // first: a thread that is kept from its end keeps what it has open
        assertIsFree(local.getPort());
    }

    private static void assertIsFree(int port) {
        assertThat(FreePort.isFree(port)).isTrue();
    }

    /** The engine's own thread is not ours. */
    static void assertNoThreadIsLeft() {
        await().untilAsserted(() -> assertThat(serverThreads()).isEmpty());
    }

    /** The names of the threads that servers have now, each as often as there is one. */
    static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("waypost-") && !name.equals("waypost-timer")
                        || name.contains("HTTP-Dispatcher"))
                .toList();
    }
}
