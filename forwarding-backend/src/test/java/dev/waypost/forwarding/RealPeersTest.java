package dev.waypost.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.forwarding.UpstreamAddress.Scheme;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.RealPeer;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@DisplayName("Name servers of others as upstreams: the same answers through us as from themselves")
class RealPeersTest {
    private static final Path UNBOUND = Path.of("/usr/sbin/unbound");
    private static final Path NAMED = Path.of("/usr/sbin/named");

    @TempDir
    private Path folder;

    private final TlsKit tls = new TlsKit();
    private final TestCertificate certificate = tls.authority.issue("peer");

    private static void assumeInstalled(Path binary) {
        assumeTrue(Files.isExecutable(binary), binary + " is not installed");
    }

    @Test
    void unboundSaysTheSameThroughUs() throws IOException {
        assumeInstalled(UNBOUND);
        try (RealPeer peer = RealPeer.unbound(UNBOUND, folder, certificate)) {
            compare(peer);
        }
    }

    @Test
    void bindSaysTheSameThroughUs() throws IOException {
        assumeInstalled(NAMED);
        try (RealPeer peer = RealPeer.named(NAMED, folder, certificate)) {
            compare(peer);
        }
    }

    private void compare(RealPeer peer) throws IOException {
        compare(peer, builder().upstream(peer.plain()));
        compare(peer, builder().upstream(peer.plain()).tcpOnly(true));
        compare(peer, builder().upstream(peer.plain()).mixedCase(true));
        compare(peer, builder().upstream(new UpstreamAddress(Scheme.TLS, peer.secure(), "", "")));
        UpstreamAddress https = new UpstreamAddress(Scheme.HTTPS, peer.https(), "", "/dns-query");
        compare(peer, builder().upstream(https));
        compare(peer, builder().upstream(https).dohGet(true));
    }

    private ForwarderBuilder builder() {
        return Forwarder.builder()
                .tls(tls.client())
                .tryTimeout(Duration.ofSeconds(4))
                .ticker(new FakeTicker());
    }

    private static void compare(RealPeer peer, ForwarderBuilder builder) throws IOException {
        try (Forwarder forwarder = builder.build()) {
            forwarder.start();
            for (int qtype :
                    new int[] {Type.A, Type.AAAA, Type.MX, Type.TXT, Type.SRV, Type.SOA, Type.NS, Type.HTTPS}) {
                for (String qname :
                        List.of("example.", "www.example.", "mail.example.", "text.example.", "srv.example.")) {
                    compare(peer, forwarder, qname, qtype);
                }
            }
            compare(peer, forwarder, "no.example.", Type.A);
            compare(peer, forwarder, "big.example.", Type.A);
        }
    }

    private static void compare(RealPeer peer, Forwarder forwarder, String qname, int qtype) throws IOException {
        Message direct = peer.ask(qname, qtype);
        Response through =
                DnsAssertions.response(forwarder.resolve(Questions.a(qname).withQtype(qtype)));
        String question = forwarder.upstreams() + " " + qname + " " + Type.string(qtype);
        assertThat(through.rcode()).as(question).isEqualTo(direct.getRcode());
        assertThat(texts(through.answer().stream().map(RecordSet::records).flatMap(List::stream)))
                .as(question)
                .containsExactlyInAnyOrderElementsOf(texts(direct.getSection(Section.ANSWER).stream()));
        if (direct.getSection(Section.ANSWER).isEmpty()) {
            assertThat(texts(
                            through.authority().stream().map(RecordSet::records).flatMap(List::stream)))
                    .as(question)
                    .containsExactlyInAnyOrderElementsOf(texts(direct.getSection(Section.AUTHORITY).stream()));
        }
    }

    private static List<String> texts(Stream<Record> records) {
        return records.map(Record::toString).toList();
    }
}
