package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import dev.waypost.zone.Witness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ImageReplayTest {
    private static final RecordSet ONE = WireRecords.addresses("www.example.", 1);

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    private static WireProbe always(Response response) {
        return WireProbe.imaging(64, query -> response);
    }

    @Test
    void replayIsTheReplyThatWasRendered() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        byte[] rendered = probe.udp(query().opt(1232).bytes());

        byte[] replayed = probe.udp(query().opt(1232).bytes());

        assertThat(replayed).isEqualTo(rendered);
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void replayHasTheIdAndTheSpellingOfItsOwnQuery() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        probe.udp(query().bytes());

        Message replayed = probe.udpMessage(
                WireMessages.query("wWW.EXAMPLe.", Type.A).id(77).bytes());

        assertThat(replayed.getHeader().getID()).isEqualTo(77);
        assertThat(replayed.getQuestion().getName()).hasToString("wWW.EXAMPLe.");
        assertThat(replayed.getSection(Section.ANSWER).get(0).getName()).hasToString("wWW.EXAMPLe.");
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void everyLetterHasCase() {
        String alphabet = "abcdefghijklmnopqrstuvwxyz";
        WireProbe probe = always(Response.empty(Rcode.NXDOMAIN, Freshness.always()));

        probe.udp(WireMessages.query(alphabet + ".example.", Type.A).bytes());
        probe.udp(WireMessages.query(alphabet.toUpperCase(Locale.ROOT) + ".example.", Type.A)
                .bytes());

        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void brokenWitnessStopsTheImage() {
        Witness witness = new Witness();
        WireProbe probe = always(Response.answer(witness, ONE));
        probe.udp(query().bytes());
        probe.udp(query().bytes());
        assertThat(probe.asked()).hasSize(1);

        witness.breakNow();

        probe.udp(query().bytes());
        assertThat(probe.asked()).hasSize(2);
        probe.udp(query().bytes());
        assertThat(probe.asked())
                .as("a response that does not hold is not kept")
                .hasSize(3);
    }

    @Test
    void unrepeatableResponsesAreNotKept() {
        for (Freshness freshness : List.of(Freshness.never(), Freshness.uncached())) {
            WireProbe probe = always(Response.answer(freshness, ONE));
            probe.udp(query().bytes());
            probe.udp(query().bytes());
            assertThat(probe.asked()).hasSize(2);
        }
    }

    @Test
    void whateverTheQuerySaysTellsImagesApart() {
        WireProbe probe = WireProbe.imaging(4096, query -> Response.answer(Freshness.always(), ONE));
        List<byte[]> queries = List.of(
                query().bytes(),
                query().flags(0).bytes(),
                query().flags(WireMessages.RD | WireMessages.CD).bytes(),
                query().opt(1232).bytes(),
                query().opt(4096).bytes(),
                query().opt(1232, 0, WireMessages.DO).bytes(),
                WireMessages.query("www.example.", Type.AAAA).bytes(),
                WireMessages.query("www.example.", Type.A | 0x20).bytes(),
                WireMessages.header()
                        .question(Name.fromConstantString("www.example.").toWire(), Type.A, 3)
                        .bytes(),
                WireMessages.query("www2.example.", Type.A).bytes());
        for (int round = 0; round < 2; round++) {
            for (byte[] each : queries) {
                probe.udp(each);
                probe.tcp(each);
            }
        }

        assertThat(probe.asked()).hasSize(2 * queries.size());
    }

    @Test
    void typesThatDifferAsLettersDoAreToldApart() {
        WireProbe probe = WireProbe.imaging(
                64,
                query -> Response.empty(
                        query.qtype() == Type.HTTPS ? Rcode.NOERROR : Rcode.NXDOMAIN, Freshness.always()));
        probe.udp(WireMessages.query("www.example.", Type.HTTPS).bytes()); // 0x0041 'A'

        Message reply =
                probe.udpMessage(WireMessages.query("www.example.", 0x61).bytes()); // 0x0061 'a'

        assertThat(reply.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "[", "`", "{", "\\128", "\\193", "\\218", "\\000"})
    void onlyAsciiLettersHaveCase(String other) {
        char flipped = other.length() == 1
                ? (char) (other.charAt(0) ^ 0x20)
                : (char) (Integer.parseInt(other.substring(1)) ^ 0x20);
        String twin = String.format("\\%03d", (int) flipped);
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));

        probe.udp(
                WireMessages.query("a" + other + "abcdefghijk.example.", Type.A).bytes());
        probe.udp(
                WireMessages.query("a" + twin + "abcdefghijk.example.", Type.A).bytes());

        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void truncatedImageOfADatagramDoesNotReachAStream() {
        WireProbe probe = always(Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 100)));
        for (int i = 0; i < 2; i++) {
            assertThat(probe.udpMessage(query().bytes()).getHeader().getFlag(Flags.TC))
                    .isTrue();
            assertThat(probe.tcpMessage(query().bytes()).getSection(Section.ANSWER))
                    .hasSize(100);
        }
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void queriesSpokenForOneClientAreNotKept() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        List<byte[]> queries = List.of(
                query().opt(1232, 0, 0, WireMessages.option(10, "cookie!!")).bytes(),
                query().octets((byte) 0).bytes(),
                query().record(1, new byte[1], Type.A, 0, new byte[4]).bytes(),
                query().record(2, new byte[1], Type.A, 0, new byte[0]).bytes());
        for (byte[] each : queries) {
            probe.udp(each);
            probe.udp(each);
        }

        assertThat(probe.asked()).hasSize(2 * queries.size());
    }

    @Test
    void faultsAreNotKept() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        byte[] badVersion = query().opt(1232, 1, 0).bytes();

        assertThat(probe.udpMessage(badVersion).getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(probe.udpMessage(badVersion).getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(probe.udpMessage(query().opt(1232).bytes()).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void optThatLiesAboutItsLengthFindsNoImage() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        probe.udp(query().bytes());
        byte[] broken = query().opt(65535).bytes();
        Arrays.fill(broken, broken.length - 8, broken.length, (byte) 0xFF);

        assertThat(probe.udpMessage(broken).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void forgottenImagesAreNotReplayed() {
        WireProbe probe = always(Response.answer(Freshness.always(), ONE));
        probe.udp(query().bytes());

        probe.responder().forget();

        probe.udp(query().bytes());
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void whatAnOldRouteSaysIsNotKeptForTheNewOnes() {
        WireProbe[] self = new WireProbe[1];
        WireProbe probe = WireProbe.imaging(64, query -> {
            self[0].responder().forget(); // the routes change while this answer is under way
            return Response.answer(Freshness.always(), ONE);
        });
        self[0] = probe;

        probe.udp(query().bytes());
        probe.udp(query().bytes());

        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void imageLongerThanTheBufferIsRenderedAnew() {
        WireProbe probe = always(Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 20)));
        byte[] query = query().bytes();
        probe.udp(query);

        byte[] reply = probe.reply(query, new byte[100], dev.waypost.Transport.UDP);

        assertThat(WireProbe.parsed(reply).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(WireProbe.parsed(probe.udp(query)).getHeader().getFlag(Flags.TC))
                .as("a reply cut for a small buffer is not kept")
                .isFalse();
    }

    @Test
    void longestAndShortestNamesAreKept() {
        WireProbe probe = WireProbe.imaging(64, query -> Response.empty(Rcode.NXDOMAIN, Freshness.always()));
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 'A');
        longest[0] = 63;
        longest[64] = 63;
        longest[128] = 63;
        longest[192] = 61;
        longest[254] = 0;
        for (byte[] qname : List.of(longest, new byte[1], new byte[] {1, 'Q', 0})) {
            byte[] query =
                    WireMessages.header().question(qname, Type.A, 1).opt(1232).bytes();
            assertThat(probe.udp(query)).isEqualTo(probe.udp(query));
        }
        assertThat(probe.asked()).hasSize(3);
    }
}
