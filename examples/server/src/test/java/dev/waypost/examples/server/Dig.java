package dev.waypost.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.testing.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks a server on 127.0.0.1 as {@code dig} would, over UDP or TCP, and reads replies with dnsjava's parser. */
final class Dig {
    /** How long one try takes: a reply that is too late for a datagram is not sent, so a client asks again. */
    private static final Duration TRY = Duration.ofSeconds(5);

    private final SimpleResolver resolver;

    private Dig(int port, boolean tcp) {
        resolver = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTCP(tcp);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(TRY);
    }

    static Dig udp(int port) {
        return new Dig(port, false);
    }

    static Dig tcp(int port) {
        return new Dig(port, true);
    }

    Message ask(String qname, int qtype) throws IOException {
        Record question = Record.newRecord(Name.fromString(qname, Name.root), qtype, DClass.IN);
        for (long began = System.nanoTime(); ; ) {
            try {
                return resolver.send(Message.newQuery(question));
            } catch (IOException lost) {
                if (!isAskedAgain(lost) || System.nanoTime() - began > Patience.LIMIT.toNanos()) {
                    throw lost;
                }
            }
        }
    }

    /** After no reply in time, and after a connection that was kept too long, which the server closes: RFC 7766 section 6.2.4. */
    private static boolean isAskedAgain(IOException lost) {
        return lost instanceof EOFException
                || lost instanceof SocketTimeoutException
                || lost.getCause() instanceof TimeoutException;
    }

    /** The same from a client that speaks EDNS. */
    Message askWithEdns(String qname, int qtype) throws IOException {
        resolver.setEDNS(0);
        return ask(qname, qtype);
    }

    /** The RCODE and the ANSWER section, one text a record: {@code NOERROR}, {@code web.example. A 192.0.2.1}. */
    List<String> answers(String qname, int qtype) throws IOException {
        Message reply = ask(qname, qtype);
        return Stream.concat(
                        Stream.of(Rcode.string(reply.getRcode())),
                        reply.getSection(Section.ANSWER).stream()
                                .map(record -> record.getName() + " " + Type.string(record.getType()) + " "
                                        + record.rdataToString())
                                .sorted())
                .toList();
    }

    /** Asks until these are the answers: a forwarder whose upstream is slow to answer says SERVFAIL, and then tries again. */
    void awaitAnswers(String qname, int qtype, String... expected) {
        await().untilAsserted(() -> assertThat(answers(qname, qtype)).containsExactly(expected));
    }
}
