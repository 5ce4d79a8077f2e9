package dev.waypost.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.AddressBlocks;
import dev.waypost.engine.DnsEngine;
import dev.waypost.socket.SocketCounters.Closing;
import dev.waypost.testing.FakeTicker;
import dev.waypost.transfer.TransferLayer;
import dev.waypost.transfer.TransferRule;
import dev.waypost.zone.StaticZone;
import dev.waypost.zone.ZoneFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;

/** A zone of some four megabytes on its way out. */
class StreamTransferTest {
    private static final String ORIGIN = "example.org.";
    private static final int NAMES = 20_000;
    private static final Duration LONG = TestPlans.LONG;

    private final StaticZone zone = zone();
    private final DnsEngine engine = DnsEngine.builder()
            .layer(new TransferLayer(
                    List.of(new TransferRule(TestPlans.name(ORIGIN), AddressBlocks.ALL)), List.of(zone)))
            .zone(zone)
            .build()
            .start();
    private final FakeTicker clock = new FakeTicker();
    private DnsServer server = start(TestPlans.QUICK);

    private static StaticZone zone() {
        String text = "@ 3600 SOA ns hostmaster 1 7200 1800 86400 60\n@ 300 NS ns\nns 300 A 192.0.2.53\n"
                + IntStream.range(0, NAMES)
                        .mapToObj(i -> "host" + i + " 300 TXT " + "x".repeat(180) + "\n")
                        .collect(Collectors.joining());
        return ZoneFileReader.of(TestPlans.name(ORIGIN)).read(text, "zone");
    }

    private DnsServer start(ServerOptions options) {
        return DnsServer.builder(engine)
                .listen(TestPlans.loopback())
                .options(options)
                .ticker(clock)
                .start();
    }

    private InetSocketAddress local() {
        return server.addresses().get(0);
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private static List<Record> readTransfer(Socket socket) throws IOException {
        List<Record> records = new ArrayList<>();
        do {
            records.addAll(Wire.read(socket).getSection(Section.ANSWER));
        } while (records.size() == 1 || records.get(records.size() - 1).getType() != Type.SOA);
        return records;
    }

    @Test
    @DisplayName("RFC 5936: dnsjava gets the whole zone")
    void dnsjavaGetsTheWholeZone() throws Exception {
        ZoneTransferIn transfer = ZoneTransferIn.newAXFR(TestPlans.name(ORIGIN), local(), null);
        transfer.setTimeout(LONG);
        transfer.run();
        assertThat(transfer.getAXFR()).hasSize(NAMES + 4);
    }

    @Test
    @DisplayName("RFC 7766 section 6.2.1.1: other questions of the same stream are answered too")
    void streamGoesOnBehindATransfer() throws IOException {
        try (Socket socket = Wire.connect(local())) {
            socket.getOutputStream().write(Wire.frame(Wire.query(1, ORIGIN, Type.AXFR)));
            assertThat(readTransfer(socket)).hasSize(NAMES + 4);
            socket.getOutputStream().write(Wire.frame(Wire.query(2, "ns." + ORIGIN, Type.A)));
            Message reply = Wire.read(socket);
            assertThat(reply.getHeader().getID()).isEqualTo(2);
            assertThat(Wire.firstOf(reply)).isEqualTo("192.0.2.53");
        }
    }

    @Test
    void slowReaderWithLittleRoomGetsEverything() throws IOException {
        server.close();
        server = start(TestPlans.QUICK.withBacklogPerConnection(8, 1024));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(Wire.PATIENCE_MILLIS);
            socket.connect(local());
            socket.getOutputStream().write(Wire.frame(Wire.query(1, ORIGIN, Type.AXFR)));
            assertThat(readTransfer(socket)).hasSize(NAMES + 4);
        }
    }

    @Test
    @DisplayName("A client that does not read its zone is closed, and others are served meanwhile")
    void clientThatDoesNotReadIsClosed() throws IOException {
        server.close();
        server = start(TestPlans.QUICK.withConnectionTimeouts(LONG, Duration.ofMillis(300), LONG));
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(local());
            ByteArrayOutputStream questions = new ByteArrayOutputStream();
            for (int id = 0; id < 8; id++) { // more than all buffers of the system hold
                questions.writeBytes(Wire.frame(Wire.query(id, ORIGIN, Type.AXFR)));
            }
            deaf.getOutputStream().write(questions.toByteArray());
            assertThat(Wire.firstOf(Wire.tcp(local(), "ns." + ORIGIN, Type.A))).isEqualTo("192.0.2.53");
            Awaitility.await().until(() -> {
                clock.advance(Duration.ofMillis(301));
                return server.counters().closed(Closing.SLOW_READER) == 1;
            });
        }
    }

    @Test
    void clientsThatGoAwayInTheMiddleLeaveTheServerServing() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = Wire.connect(local())) {
                socket.getOutputStream().write(Wire.frame(Wire.query(1, ORIGIN, Type.AXFR)));
                Wire.read(socket);
            }
        }
        Awaitility.await()
                .until(() -> server.counters().closed(Closing.RESET)
                                + server.counters().closed(Closing.BY_CLIENT)
                        == 20);
        assertThat(Wire.udp(local(), ORIGIN, Type.SOA).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    @DisplayName("RFC 5936 section 4.2: an AXFR over UDP is REFUSED")
    void datagramsCarryNoZone() throws IOException {
        assertThat(Wire.udp(local(), ORIGIN, Type.AXFR).getRcode()).isEqualTo(Rcode.REFUSED);
    }
}
