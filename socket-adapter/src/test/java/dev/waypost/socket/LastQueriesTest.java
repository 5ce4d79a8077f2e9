package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.engine.DnsEngine;
import dev.waypost.testing.FakeTicker;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What had arrived when a server stops is answered. */
class LastQueriesTest {
    /** Keeps the thread that asks it. */
    private static final String HOLD = "hold.example.org.";

    /** Keeps it too, and then is answered when a test completes it. */
    private static final String HOLD_AND_OWE = "owe.example.org.";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<Resolution> owed = new CompletableFuture<>();
    private final DnsEngine engine = DnsEngine.builder()
            .resolver(TestPlans.name("example.org."), this::resolve)
            .ticker(new FakeTicker()) // no reply is too late to be sent
            .build()
            .start();
    private final DnsServer server = DnsServer.builder(engine)
            .listen(TestPlans.loopback())
            .options(TestPlans.PATIENT.withUdpWorkers(1))
            .start();
    private final InetSocketAddress local = server.addresses().get(0);

    private Resolution resolve(Query query) {
        Name qname = query.qname();
        if (qname.equals(TestPlans.name(HOLD)) || qname.equals(TestPlans.name(HOLD_AND_OWE))) {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return qname.equals(TestPlans.name(HOLD_AND_OWE))
                ? Pending.on(owed)
                : TestPlans.a("192.0.2.1").resolve(query);
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
        engine.close();
    }

    private Thread stopping() {
        Thread closing = new Thread(server::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        return closing;
    }

    private void stopAndRelease() {
        stopping();
        released.countDown();
    }

    @Test
    @DisplayName("datagrams that wait in the socket's buffer at a stop are answered")
    void datagramsInTheBufferAreAnswered() throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(local);
            Wire.send(client, Wire.query(0, HOLD, Type.A));
            held.await();
            for (int id = 1; id <= 20; id++) {
                Wire.send(client, Wire.query(id, TestPlans.HOST, Type.A));
            }
            stopAndRelease();
            Set<Integer> answered = new TreeSet<>();
            while (answered.size() < 21) {
                answered.add(Wire.receive(client).getHeader().getID());
            }
            assertThat(answered).contains(0, 1, 20);
        }
    }

    @Test
    @DisplayName("datagrams behind one that keeps its thread are answered, however long the stop has waited for it")
    void datagramsBehindASlowOneAreAnswered() throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(local);
            client.setReceiveBufferSize(1 << 20);
            Wire.send(client, Wire.query(0, HOLD, Type.A));
            held.await();
            for (int id = 1; id <= 200; id++) {
                Wire.send(client, Wire.query(id, TestPlans.HOST, Type.A));
            }
            Thread closing = stopping();
            await().during(Duration.ofMillis(200)).until(closing::isAlive);
            released.countDown();
            Set<Integer> answered = new TreeSet<>();
            while (answered.size() < 201) {
                answered.add(Wire.receive(client).getHeader().getID());
            }
            assertThat(answered).contains(0, 1, 200);
        }
    }

    @Test
    @DisplayName("a reply that is owed only after the stop has begun is waited for")
    void aReplyThatIsOwedLateIsSent() throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(local);
            Wire.send(client, Wire.query(1, HOLD_AND_OWE, Type.A));
            held.await();
            Thread closing = stopping();
            await().until(() -> isIn(closing, DatagramWorker.class));
            released.countDown();
            await().until(() -> isIn(closing, InFlight.class) || !closing.isAlive());
            owed.complete(TestPlans.a("192.0.2.1").resolve(Query.of(TestPlans.name(HOLD_AND_OWE), Type.A)));
            assertThat(Wire.receive(client).getHeader().getID()).isEqualTo(1);
        }
    }

    /** Whether a thread waits in something of this class. */
    private static boolean isIn(Thread thread, Class<?> type) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }

    @Test
    @DisplayName("connections that wait in the backlog at a stop are answered")
    void connectionsInTheBacklogAreAnswered() throws Exception {
        try (Socket first = Wire.connect(local)) {
            first.getOutputStream().write(Wire.frame(Wire.query(1, HOLD, Type.A)));
            held.await();
            try (Socket second = Wire.connect(local)) {
                second.getOutputStream().write(Wire.frame(Wire.query(2, TestPlans.HOST, Type.A)));
                stopAndRelease();
                assertReplied(first, 1);
                assertReplied(second, 2);
            }
        }
    }

    private static void assertReplied(Socket client, int id) throws IOException {
        assertThat(Wire.read(client).getHeader().getID()).isEqualTo(id);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
}
