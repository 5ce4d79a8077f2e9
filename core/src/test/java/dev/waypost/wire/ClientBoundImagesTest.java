package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** An answer that is for some clients is replayed to those, and to nobody else. */
class ClientBoundImagesTest {
    private static final InetAddress FRIEND = address(1);
    private static final InetAddress OTHER_FRIEND = address(2);
    private static final InetAddress STRANGER = address(200);

    private static final byte[] QUERY =
            WireMessages.query("www.example.", Type.A).bytes();

    private static final Resolver GUARDED = query -> isFriend(query.client())
            ? Response.answer(
                    Freshness.forClients(ClientBoundImagesTest::isFriend), WireRecords.addresses("www.example.", 1))
            : Response.failure(Rcode.REFUSED);

    private final WireProbe probe = WireProbe.imaging(64, GUARDED);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isFriend(Client client) {
        return client.address().getAddress()[3] > 0;
    }

    private int rcodeFor(InetAddress address) {
        return probe.from(address).udpMessage(QUERY).getRcode();
    }

    @Test
    void thoseItIsForShareOneImage() {
        assertThat(rcodeFor(FRIEND)).isEqualTo(Rcode.NOERROR);
        assertThat(rcodeFor(OTHER_FRIEND)).isEqualTo(Rcode.NOERROR);
        assertThat(probe.asked()).hasSize(1);
    }

    @Test
    void nobodyElseIsToldFromIt() {
        assertThat(rcodeFor(FRIEND)).isEqualTo(Rcode.NOERROR);
        assertThat(rcodeFor(STRANGER)).isEqualTo(Rcode.REFUSED);
        assertThat(rcodeFor(STRANGER)).isEqualTo(Rcode.REFUSED);
        assertThat(probe.asked()).hasSize(3);
    }

    @Test
    void strangersDoNotPushItOut() {
        rcodeFor(FRIEND);
        rcodeFor(STRANGER);
        assertThat(rcodeFor(FRIEND)).isEqualTo(Rcode.NOERROR);
        assertThat(probe.asked()).hasSize(2);
    }

    @Test
    void whatAStrangerIsToldIsNotToldToOthers() {
        assertThat(rcodeFor(STRANGER)).isEqualTo(Rcode.REFUSED);
        assertThat(rcodeFor(FRIEND)).isEqualTo(Rcode.NOERROR);
    }
}
