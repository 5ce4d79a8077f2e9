package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Transport;
import dev.waypost.testing.WireMessages;
import dev.waypost.zone.Witness;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Writers and readers at once: whoever asks after a change has been told sees it, images or not. */
class ImageRaceTest {
    private static final int CHANGES = 20_000;

    private final WireResponder responder = new WireResponder(
            new Routes() {
                private final Route route = new Route("dns://:53", "example.", query -> answer(), List.of());

                @Override
                public Route route(Name qname, int qtype) {
                    return route;
                }

                @Override
                public Route dropped() {
                    return route;
                }
            },
            64,
            Ticker.SYSTEM);

    private volatile Snapshot snapshot = new Snapshot(0, new Witness());
    private volatile int told;

    private Response answer() {
        Snapshot seen = snapshot;
        byte[] address = ByteBuffer.allocate(4).putInt(seen.number).array();
        return Response.answer(
                seen.witness, RecordSet.ofRdata(Name.fromConstantString("www.example."), Type.A, 30, List.of(address)));
    }

    @Test
    void noReaderSeesWhatWasTrueBeforeTheLastChange() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reading.add(readers.submit(this::read));
            }
            for (int change = 1; change <= CHANGES; change++) {
                Snapshot before = snapshot;
                snapshot = new Snapshot(change, new Witness());
                before.witness.breakNow();
                told = change;
                if (change % 64 == 0) {
                    Thread.yield(); // or one core never lets a reader in
                }
            }
            for (Future<Integer> each : reading) {
                assertThat(each.get(60, TimeUnit.SECONDS))
                        .as("answers that were too old")
                        .isZero();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Asks until the last change was told. @return how many answers were older than what had been told before. */
    private int read() {
        byte[] query = WireMessages.query("www.example.", Type.A).bytes();
        byte[] reply = new byte[512];
        ReplyPath path = new Datagram(new Client(InetAddress.getLoopbackAddress(), 40000, Transport.UDP));
        int tooOld = 0;
        int floor;
        do {
            floor = told;
            int length = responder.respond(query, query.length, reply, path);
            int number = ByteBuffer.wrap(reply).getInt(length - 4);
            tooOld += number < floor ? 1 : 0;
        } while (floor < CHANGES);
        return tooOld;
    }

    private record Snapshot(int number, Witness witness) {}

    private record Datagram(Client client) implements ReplyPath {
        @Override
        public void send(byte[] reply) {
            throw new AssertionError("nothing is pending");
        }
    }
}
