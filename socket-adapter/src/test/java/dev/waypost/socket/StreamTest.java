package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.testing.OpenSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** How streams are read and answered. */
class StreamTest {
    private final StreamServer streams = new StreamServer();

    @AfterEach
    void stop() {
        streams.close();
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1: a connection carries one query after another")
    void aConnectionIsUsedAgain() throws IOException {
        try (Socket socket = streams.connect()) {
            for (int id = 1; id <= 3; id++) {
                StreamServer.ask(socket, id, TestPlans.HOST);
                assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(id);
            }
        }
    }

    @Test
    void resolversSeeTheClientAndTheAddressThatItAsked() throws IOException {
        assertThat(Wire.firstOf(Wire.tcp(streams.local(), TestPlans.HOST, Type.TXT)))
                .startsWith("\"TCP 127.0.0.1 ")
                .endsWith(" 127.0.0.1 " + streams.local().getPort() + "\"");
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1.1: 50 queries in one segment are all answered")
    void pipelinedQueriesAreAllAnswered() throws IOException {
        try (Socket socket = streams.connect()) {
            ByteArrayOutputStream segment = new ByteArrayOutputStream();
            for (int id = 0; id < 50; id++) {
                segment.write(Wire.frame(Wire.query(id, TestPlans.HOST, Type.A)));
            }
            socket.getOutputStream().write(segment.toByteArray());

            Set<Integer> ids = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                ids.add(Wire.read(socket).getHeader().getID());
            }
            assertThat(ids).hasSize(50);
        }
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1.1: a reply that is ready does not wait for one that is not")
    void repliesLeaveOutOfOrder() throws IOException {
        try (Socket socket = streams.connect()) {
            StreamServer.ask(socket, 1, TestPlans.LATER);
            StreamServer.ask(socket, 2, TestPlans.HOST);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);

            streams.plans().completeAll();

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
        }
    }

    @Test
    void aMessageMayArriveOctetByOctet() throws IOException {
        try (Socket socket = streams.connect()) {
            for (byte octet : Wire.frame(Wire.query(5, TestPlans.HOST, Type.A))) {
                socket.getOutputStream().write(octet);
            }
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(5);
        }
    }

    @Test
    void aZeroLengthFrameClosesTheConnection() throws IOException {
        try (Socket socket = streams.connect()) {
            StreamServer.ask(socket, 1, TestPlans.HOST);
            socket.getOutputStream().write(new byte[2]);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            StreamServer.assertEnded(socket);
        }
        streams.awaitClosed(Closing.MALFORMED, 1);
    }

    @Test
    void aFrameShorterThanAHeaderClosesTheConnection() throws IOException {
        try (Socket socket = streams.connect()) {
            socket.getOutputStream().write(Wire.frame(new byte[11]));
            StreamServer.assertEnded(socket);
        }
        streams.awaitClosed(Closing.MALFORMED, 1);
    }

    @Test
    void aHalfClosedConnectionGetsItsReplies() throws IOException {
        try (Socket socket = streams.connect()) {
            StreamServer.ask(socket, 1, TestPlans.LATER);
            StreamServer.ask(socket, 2, TestPlans.HOST);
            socket.shutdownOutput();
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);
            await().until(() -> streams.plans().waiting() == 1);

            streams.plans().completeAll();

            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(1);
            StreamServer.assertEnded(socket);
        }
        streams.awaitClosed(Closing.BY_CLIENT, 1);
    }

    @Test
    void aResetHarmsNobodyElse() throws IOException {
        for (byte[] sent : List.of(
                new byte[0], new byte[1], Wire.frame(Wire.query(1, TestPlans.LATER, Type.A)), new byte[] {0, 40, 1, 2
                })) {
            Socket socket = streams.connect();
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(sent);
            socket.close();
            streams.assertServed();
        }
        streams.plans().completeAll();
        streams.assertServed();
        assertThat(streams.counters().failures()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName(
            "RFC 7766 section 6.2.4: clients that come and go in every way leave no descriptor and no memory behind")
    void nothingIsLeftOfClientsThatAreGone() throws IOException {
        streams.assertServed();
        streams.awaitClosed(Closing.BY_CLIENT, 1);
        long sockets = OpenSockets.count();
        byte[] frame = Wire.frame(Wire.query(1, TestPlans.LATER, Type.A));
        for (int i = 0; i < 300; i++) {
            Socket socket = streams.connect();
            socket.setSoLinger(i % 2 == 0, 0);
            socket.getOutputStream().write(frame, 0, i % (frame.length + 1));
            if (i % 3 == 0) {
                socket.shutdownOutput();
            }
            socket.close();
        }
        streams.plans().completeAll();

        await().untilAsserted(() -> {
            streams.plans().completeAll();
            assertThat(OpenSockets.count()).isLessThanOrEqualTo(sockets);
            assertThat(streams.octetsHeld()).isZero();
        });
    }

    @Test
    void anErrorThrownByAResolverIsServfailAndItsConnectionGoesOn() throws IOException {
        try (Socket socket = streams.connect()) {
            StreamServer.ask(socket, 1, TestPlans.BROKEN);
            assertThat(Wire.read(socket).getRcode()).isEqualTo(Rcode.SERVFAIL);
            StreamServer.ask(socket, 2, TestPlans.HOST);
            assertThat(Wire.read(socket).getHeader().getID()).isEqualTo(2);
        }
    }

    @Test
    void randomOctetsLeaveTheServerAlive() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            byte[] octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            try (Socket socket = streams.connect()) {
                socket.getOutputStream().write(i % 2 == 0 ? octets : Wire.frame(octets));
            }
        }
        streams.assertServed();
        assertThat(streams.counters().failures()).isZero();
        await().until(() -> Arrays.stream(Closing.values())
                        .mapToLong(streams.counters()::closed)
                        .sum()
                > 0);
    }
}
