package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DatagramTest {
    private final TestPlans plans = new TestPlans();
    private DnsEngine engine;
    private DnsServer server;

    @BeforeEach
    void start() {
        engine = plans.engine();
        server = serve(TestPlans.loopback());
    }

    private DnsServer serve(ListenPoint... points) {
        return DnsServer.builder(engine).listen(points).options(TestPlans.QUICK).start();
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private InetSocketAddress local() {
        return server.addresses().get(0);
    }

    @Test
    void aQueryIsAnswered() throws IOException {
        Message reply = Wire.udp(local(), TestPlans.HOST, Type.A);

        assertThat(reply.getHeader().getID()).isEqualTo(7);
        assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(Wire.firstOf(reply)).isEqualTo("192.0.2.1");
    }

    @Test
    void resolversSeeTheClientThatAsked() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(local());
            Wire.send(socket, Wire.query(1, TestPlans.HOST, Type.TXT));

            assertThat(Wire.firstOf(Wire.receive(socket)))
                    .isEqualTo("\"UDP 127.0.0.1 " + socket.getLocalPort() + " 127.0.0.1 " + local().getPort() + "\"");
        }
    }

    @Test
    void namesOutsideEveryZoneAreRefused() throws IOException {
        assertThat(Wire.udp(local(), "example.com.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aReplyThatComesLaterIsSentToWhoAsked() throws IOException {
        try (DatagramSocket first = new DatagramSocket();
                DatagramSocket second = new DatagramSocket()) {
            first.connect(local());
            second.connect(local());
            Wire.send(first, Wire.query(1, TestPlans.LATER, Type.A));
            Wire.send(second, Wire.query(2, TestPlans.LATER, Type.A));
            await().until(() -> plans.waiting() == 2);
            assertThat(Wire.address(local(), TestPlans.HOST)).isEqualTo("192.0.2.1");

            plans.completeAll();

            assertThat(Wire.receive(first).getHeader().getID()).isEqualTo(1);
            assertThat(Wire.receive(second).getHeader().getID()).isEqualTo(2);
        }
    }

    @Test
    void anErrorThrownByAResolverIsServfailAndCostsNoThread() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(local());
                Wire.send(socket, Wire.query(i, TestPlans.BROKEN, Type.A));
                assertThat(Wire.receive(socket).getRcode()).isEqualTo(Rcode.SERVFAIL);
            }
        }
        assertThat(server.counters().failures()).isZero();
        assertThat(Wire.address(local(), TestPlans.HOST)).isEqualTo("192.0.2.1");
    }

    @Test
    void interruptingTheWorkersDoesNotEndTheService() throws IOException {
        for (int round = 0; round < 3; round++) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("waypost-"))
                    .forEach(Thread::interrupt);
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(local());
                await().ignoreExceptionsInstanceOf(IOException.class).until(() -> isAnsweredSoon(socket));
            }
            assertThat(Wire.firstOf(Wire.tcp(local(), TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
        }
    }

    /** What waited in the socket of an interrupted worker is lost with it: so it is asked again, and again. */
    private static boolean isAnsweredSoon(DatagramSocket socket) throws IOException {
        Wire.send(socket, Wire.query(1, TestPlans.HOST, Type.A));
        return Wire.firstOf(Wire.receive(socket, 200)).equals("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 13, 17, 19, 37})
    @DisplayName("CVE-1999-0103: nothing is sent to port 0, to ourselves, or to services that answer whatever they get")
    void spoofedSendersAreNotAnswered(int port) {
        InetSocketAddress here = new InetSocketAddress("127.0.0.1", 53);

        assertThat(DatagramWorker.mayAnswer(new InetSocketAddress("192.0.2.1", port), here))
                .isFalse();
        assertThat(DatagramWorker.mayAnswer(here, here)).isFalse();
        assertThat(DatagramWorker.mayAnswer(new InetSocketAddress("192.0.2.1", 53), here))
                .isTrue();
    }

    @Test
    @DisplayName("A StackOverflowError below every guard costs its datagram or its stream, and no thread")
    void errorsBelowEveryGuardCostOneMessage() throws IOException {
        LocalListener listener = server.listenerBindings().all().iterator().next();
        Responder sound = listener.responder();
        listener.answerWith(
                (query, length, reply, path) -> {
                    throw new StackOverflowError("thrown by a test");
                },
                listener.options());
        try (DatagramSocket socket = new DatagramSocket();
                Socket stream = Wire.connect(local())) {
            socket.connect(local());
            for (int i = 0; i < 10; i++) {
                Wire.send(socket, Wire.query(i, TestPlans.HOST, Type.A));
            }
            stream.getOutputStream().write(Wire.frame(Wire.query(1, TestPlans.HOST, Type.A)));
            assertThat(stream.getInputStream().read()).isEqualTo(-1);
            await().until(() -> server.counters().failures() == 11);
        }
        listener.answerWith(sound, listener.options());

        assertThat(Wire.address(local(), TestPlans.HOST)).isEqualTo("192.0.2.1");
        assertThat(Wire.firstOf(Wire.tcp(local(), TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
    }

    @Test
    void whatIsNoQueryIsMetWithSilence() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(local());
            for (int length = 0; length < 12; length++) {
                Wire.send(socket, new byte[length]);
            }
            byte[] response = Wire.query(3, TestPlans.HOST, Type.A);
            response[2] |= (byte) 0x80; // QR: never answered, or two servers could talk for ever
            Wire.send(socket, response);
            Wire.send(socket, Wire.query(4, TestPlans.HOST, Type.A));

            assertThat(Wire.receive(socket).getHeader().getID()).isEqualTo(4);
        }
    }

    @Test
    void theReplyLeavesFromTheAddressThatWasAsked() throws IOException {
        try (DnsServer two = serve(new ListenPoint("dns", "127.0.0.1", 0), new ListenPoint("dns", "127.0.0.2", 0))) {
            assertThat(two.addresses()).hasSize(2);
            for (InetSocketAddress each : two.addresses()) {
                // Wire's sockets are connected, so a reply from another address would not arrive.
                assertThat(Wire.address(each, TestPlans.HOST)).isEqualTo("192.0.2.1");
            }
        }
    }

    @Test
    void anEmptyHostMeansEveryAddressOfTheMachine() throws IOException {
        try (DnsServer everywhere = serve(ListenPoint.dns(0))) {
            List<String> hosts = everywhere.addresses().stream()
                    .map(each -> each.getAddress().getHostAddress())
                    .toList();
            assertThat(hosts).contains("127.0.0.1").noneMatch(host -> host.equals("0.0.0.0"));
            for (InetSocketAddress each : everywhere.addresses()) {
                if (!each.getAddress().isLinkLocalAddress()) {
                    assertThat(Wire.address(each, TestPlans.HOST)).isEqualTo("192.0.2.1");
                }
            }
        }
    }

    @Test
    void anInterfaceNameMeansItsAddresses() throws IOException {
        String loopback = NetworkInterface.networkInterfaces()
                .filter(each -> each.inetAddresses()
                        .anyMatch(address -> address.getHostAddress().equals("127.0.0.1")))
                .findFirst()
                .orElseThrow()
                .getName();
        try (DnsServer named = serve(new ListenPoint("dns", loopback, 0))) {
            assertThat(named.addresses()).allMatch(each -> each.getAddress().isLoopbackAddress());
        }
    }

    @Test
    void ipv6IsServed() throws IOException {
        boolean hasLoopback = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(each -> each instanceof Inet6Address && each.isLoopbackAddress());
        Assumptions.assumeTrue(hasLoopback, "no ::1 here");
        try (DnsServer six = serve(new ListenPoint("dns", "::1", 0))) {
            InetSocketAddress address = six.addresses().get(0);
            assertThat(Wire.address(address, TestPlans.HOST)).isEqualTo("192.0.2.1");
            assertThat(Wire.firstOf(Wire.tcp(address, TestPlans.HOST, Type.A))).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void anAnswerTooLargeForADatagramIsWholeOverTcp() throws IOException {
        assertThat(Wire.udp(local(), TestPlans.BIG, Type.TXT).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(Wire.tcp(local(), TestPlans.BIG, Type.TXT).getSection(1)).hasSize(101);
    }
}
