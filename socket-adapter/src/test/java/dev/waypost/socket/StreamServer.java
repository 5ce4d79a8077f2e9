package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Type;

/** A server for tests of streams, and what its clients do. */
final class StreamServer implements AutoCloseable {
    private final FakeTicker clock = new FakeTicker();
    private final TestPlans plans = new TestPlans();
    private final DnsEngine engine = DnsEngine.of(plans.everything().build()).start();
    private DnsServer server = start(TestPlans.QUICK);

    private DnsServer start(ServerOptions options) {
        return DnsServer.builder(engine)
                .listen(TestPlans.loopback())
                .options(options)
                .ticker(clock)
                .start();
    }

    /** Serves with other options from now on. */
    void serve(ServerOptions options) {
        server.close();
        server = start(options);
    }

    TestPlans plans() {
        return plans;
    }

    SocketCounters counters() {
        return server.counters();
    }

    /** What all connections hold. */
    long octetsHeld() {
        CompletableFuture<Long> held = new CompletableFuture<>();
        server.loop().execute(() -> held.complete(server.loop().connections().held()));
        return held.join();
    }

    InetSocketAddress local() {
        return server.addresses().get(0);
    }

    Socket connect() throws IOException {
        return Wire.connect(local());
    }

    static void ask(Socket socket, int id, String qname) throws IOException {
        socket.getOutputStream().write(Wire.frame(Wire.query(id, qname, Type.A)));
    }

    void assertServed() throws IOException {
        assertThat(Wire.firstOf(Wire.tcp(local(), TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
    }

    void awaitClosed(Closing reason, long times) {
        await().until(() -> counters().closed(reason) == times);
    }

    /** Lets time pass until connections are closed for this reason: again and again, since what they did may come in late. */
    void awaitClosedByTime(Duration time, Closing reason, long times) {
        await().until(() -> {
            clock.advance(time);
            return counters().closed(reason) == times;
        });
    }

    /** Lets time pass for the clients. */
    void pass(Duration time) {
        clock.advance(time);
    }

    static void assertEnded(Socket socket) {
        assertThatCode(() -> assertThat(socket.getInputStream().read()).isEqualTo(-1))
                .as("closed, in whatever way")
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).hasMessageContaining("reset"));
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
