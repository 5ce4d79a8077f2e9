package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.wire.policy.CookieSecrets;
import dev.waypost.wire.policy.ServerCookies;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a message makes us allocate is bounded by its octets, never by a number that stands in it. */
class HostileAllocationTest {
    private static final int ROUNDS = 500;

    /** For one message whatever it says: the objects of its reading and its reply. An honest query takes some 1,000. */
    private static final int FIXED_OCTETS = 4_000;

    /** For each octet of it: a name's labels are objects of the message plane, and options are copied. */
    private static final int OCTETS_EACH = 64;

    private final WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN))
            .under(WirePolicy.OPEN.withCookies(ServerCookies.of(CookieSecrets.rolling())));

    static List<Arguments> hostile() {
        byte[] root = new byte[1];
        return List.of(
                Arguments.of("an honest query", query().opt(1232).bytes()),
                Arguments.of("QDCOUNT", query().counts(65_535, 0, 0, 0).bytes()),
                Arguments.of("ANCOUNT", query().counts(1, 65_535, 0, 0).bytes()),
                Arguments.of("NSCOUNT", query().counts(1, 0, 65_535, 0).bytes()),
                Arguments.of("ARCOUNT", query().counts(1, 0, 0, 65_535).bytes()),
                Arguments.of(
                        "every count",
                        query().counts(65_535, 65_535, 65_535, 65_535).bytes()),
                Arguments.of("a label's length", cut("3F 61", 1, 0)),
                Arguments.of("RDLENGTH", cut("0161 00 0001 0001 00 0001 0001 00000000 FFFF 00", 1, 1)),
                Arguments.of("RDLENGTH of OPT", cut("0161 00 0001 0001 00 0029 FFFF 00000000 FFFF", 1, 0, 0, 1)),
                Arguments.of(
                        "an option's length",
                        query().opt(65_535, 0, 0, hex("000A FFFF")).bytes()),
                Arguments.of("a payload size", query().opt(65_535).bytes()),
                Arguments.of(
                        "the size of a signature",
                        query().record(3, root, Type.TSIG, 0, hex("00 000000000000 0000 FFFF 00"))
                                .bytes()),
                Arguments.of("the length of an IXFR's serial", ixfr()),
                Arguments.of(
                        "many options",
                        query().opt(1232, 0, 0, new byte[4 * 300]).bytes()),
                Arguments.of("many records", records(4000)),
                Arguments.of("a long name", longName()));
    }

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    private static byte[] hex(String digits) {
        return WireMessages.header().hex(digits).body();
    }

    private static byte[] cut(String body, int questions, int answers, int... more) {
        return WireMessages.header()
                .counts(questions, answers, more.length > 0 ? more[0] : 0, more.length > 1 ? more[1] : 0)
                .hex(body)
                .bytes();
    }

    private static byte[] ixfr() {
        return WireMessages.query("example.", Type.IXFR)
                .record(2, new byte[1], Type.SOA, 0, new byte[3])
                .bytes();
    }

    private static byte[] records(int count) {
        WireMessages message = query();
        for (int i = 0; i < count; i++) {
            message.record(1, new byte[1], Type.A, 0, new byte[4]);
        }
        return message.bytes();
    }

    private static byte[] longName() {
        byte[] name = Name.fromConstantString("a.".repeat(127)).toWire();
        return WireMessages.header().question(name, Type.A, DClass.IN).bytes();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    @DisplayName("RFC 9267: nothing is allocated in proportion to a number that a client wrote")
    void allocationIsBoundedByTheOctetsOfTheMessage(String number, byte[] message) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no allocated octets");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] reply = new byte[65_535];
        ReplyPath path = new StreamOf(probe);
        long thread = Thread.currentThread().getId();
        respond(message, reply, path);

        long before = threads.getThreadAllocatedBytes(thread);
        respond(message, reply, path);
        long each = (threads.getThreadAllocatedBytes(thread) - before) / ROUNDS;

        assertThat(each).as("octets for each message").isLessThan(FIXED_OCTETS + (long) OCTETS_EACH * message.length);
    }

    private void respond(byte[] message, byte[] reply, ReplyPath path) {
        for (int i = 0; i < ROUNDS; i++) {
            probe.responder().respond(message, message.length, reply, path, WirePolicy.OPEN);
        }
    }

    private record StreamOf(WireProbe probe) implements ReplyPath {
        @Override
        public dev.waypost.Client client() {
            return new dev.waypost.Client(java.net.InetAddress.getLoopbackAddress(), 40_000, dev.waypost.Transport.TCP);
        }

        @Override
        public void send(byte[] late) {
            throw new AssertionError("nothing was pending");
        }
    }
}
