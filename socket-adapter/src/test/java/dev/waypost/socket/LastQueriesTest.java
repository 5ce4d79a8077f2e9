package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.EnginePlan;
import dev.waypost.engine.ZonePlan;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What had arrived when a server stops is answered. */
class LastQueriesTest {
    /** Keeps the thread that asks it. */
    private static final String HOLD = "hold.example.org.";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final DnsEngine engine = DnsEngine.of(EnginePlan.builder()
                    .zone(new ZonePlan(TestPlans.name("example.org."), List.of(), this::resolve, List.of()))
                    .build())
            .start();
    private final DnsServer server = DnsServer.builder(engine)
            .listen(TestPlans.loopback())
            .options(TestPlans.PATIENT.withUdpWorkers(1))
            .start();
    private final InetSocketAddress local = server.addresses().get(0);

    private Resolution resolve(Query query) {
        if (query.qname().equals(TestPlans.name(HOLD))) {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return TestPlans.a("192.0.2.1").resolve(query);
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
        engine.close();
    }

    private void stopAndRelease() {
        Thread closing = new Thread(server::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
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
