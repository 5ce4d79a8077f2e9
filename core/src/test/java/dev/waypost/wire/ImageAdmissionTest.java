package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.WireMessages;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Which questions get an image where the table is full: counted by how many replies are written anew. */
class ImageAdmissionTest {
    private static final int NUMBER_AT = Header.OCTETS + 2;
    private static final int DIGITS = 8;
    private static final int DRAWN = 25_000;

    private static final ReplyPath UDP =
            new Datagram(new Client(InetAddress.getLoopbackAddress(), 40_000, Transport.UDP));

    private final Random random = new Random(1);
    private final FakeTicker ticker = new FakeTicker();
    private final byte[] query =
            WireMessages.query("n00000000.example.", Type.A).bytes();
    private final byte[] reply = new byte[512];
    private int rendered;

    private WireResponder door(int slots) {
        return door(slots, asked -> Response.empty(Rcode.NXDOMAIN, Freshness.always()));
    }

    private WireResponder door(int slots, Resolver resolver) {
        Route route = new Route(
                "dns://:53",
                "example.",
                asked -> {
                    rendered++;
                    return resolver.resolve(asked);
                },
                List.of());
        return new WireResponder(new Everything(route), slots, ticker);
    }

    /** How many of these replies, in turn, had to be written. */
    private int rendered(WireResponder door, int from, int to) {
        int before = rendered;
        for (int i = from; i < to; i++) {
            ask(door, i);
        }
        return rendered - before;
    }

    private void ask(WireResponder door, int number) {
        door.respond(query(number), query.length, reply, UDP);
    }

    private byte[] query(int number) {
        byte[] digits = Integer.toString(100_000_000 + number).substring(1).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, query, NUMBER_AT, DIGITS);
        return query;
    }

    @Test
    void namesAskedOftenAreStillReplayedAfterAMillionNamesAskedOnce() {
        WireResponder door = door(65_536);
        rendered(door, 0, 10_000);
        rendered(door, 0, 10_000);

        assertThat(rendered(door, 10_000, 1_010_000)).isEqualTo(1_000_000);

        assertThat(rendered(door, 0, 10_000)).isLessThan(100);
    }

    @Test
    void namesAskedOnceGetNoImageWhereTheTableIsFull() {
        WireResponder door = door(1024);
        rendered(door, 0, 20_000);
        int kept = 0;
        for (int batch = 20_000; batch < 30_000; batch += 100) {
            rendered(door, batch, batch + 100);
            kept += 100 - rendered(door, batch, batch + 100);
        }

        assertThat(kept).as("of 10000; one in 256 is taken for another").isLessThan(120);
    }

    @Test
    void nameAskedASecondTimeGetsInWhateverWasAskedOften() {
        WireResponder door = door(64);
        for (int round = 0; round < 4; round++) {
            rendered(door, 0, 64);
        }
        for (int i = 1000; i < 2000; i++) {
            ask(door, i);
            ask(door, i);
            assertThat(rendered(door, i, i + 1)).isZero();
        }
    }

    @Test
    void mostOfAWorkingSetJustLargerThanTheTableIsReplayed() {
        WireResponder door = door(1024);
        renderedAtRandom(door, 0, 1280);

        assertThat(renderedAtRandom(door, 0, 1280)).isLessThan(DRAWN * 35 / 100); // 20 where nothing ever moves
    }

    @Test
    void namesThatFallOutOfUseGiveWayToOthers() {
        WireResponder door = door(1024);
        renderedAtRandom(door, 0, 1280);
        renderedAtRandom(door, 5000, 1280);

        assertThat(renderedAtRandom(door, 5000, 1280)).isLessThan(DRAWN * 35 / 100);
    }

    /** How many replies had to be written of as many as are drawn. */
    private int renderedAtRandom(WireResponder door, int from, int names) {
        int before = rendered;
        for (int i = 0; i < DRAWN; i++) {
            ask(door, from + random.nextInt(names));
        }
        return rendered - before;
    }

    @Test
    void whatNoLongerHoldsGivesItsPlaceFirst() {
        long end = ticker.nanoTime() + 1;
        Name ending = Name.fromConstantString("n00000003.example.");
        WireResponder door = door(
                8, // all of them are every name's
                asked -> Response.empty(
                        Rcode.NXDOMAIN, asked.qname().equals(ending) ? Freshness.until(end) : Freshness.always()));
        rendered(door, 0, 8);
        assertThat(rendered(door, 0, 8)).isZero();

        ticker.advance(Duration.ofSeconds(1));
        ask(door, 8);
        ask(door, 8);

        assertThat(rendered(door, 0, 3) + rendered(door, 4, 9)).isZero();
    }

    private record Everything(Route dropped) implements Routes {
        @Override
        public Route route(Name qname, int qtype) {
            return dropped;
        }
    }

    private record Datagram(Client client) implements ReplyPath {
        @Override
        public void send(byte[] late) {
            throw new AssertionError("nothing was pending");
        }
    }
}
