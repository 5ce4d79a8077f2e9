package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.forwarding.UpstreamAddress.Scheme;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.Script;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.TestCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

@DisplayName("RFC 7858: upstreams over TLS")
class TlsUpstreamTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";

    private final TlsKit tls = new TlsKit();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FakeTicker ticker = new FakeTicker();

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private ScriptedUpstream secure(Script script) {
        return opened(ScriptedUpstream.secure(script, tls.server()));
    }

    private ForwarderBuilder builder(ScriptedUpstream... upstreams) {
        return builder("", upstreams);
    }

    private ForwarderBuilder builder(String serverName, ScriptedUpstream... upstreams) {
        ForwarderBuilder builder = Forwarder.builder()
                .policy(UpstreamPolicy.SEQUENTIAL)
                .tryTimeout(Duration.ofSeconds(4))
                .tls(tls.client())
                .ticker(ticker);
        for (ScriptedUpstream each : upstreams) {
            builder.upstream(new UpstreamAddress(Scheme.TLS, each.address(), serverName, ""));
        }
        return builder;
    }

    private Forwarder running(ForwarderBuilder builder) {
        Forwarder forwarder = opened(builder.build());
        forwarder.start();
        return forwarder;
    }

    private static Response ask(Forwarder forwarder) {
        return DnsAssertions.response(forwarder.resolve(Questions.a(NAME)));
    }

    private static String fault(Response response) {
        assertThat(response).hasRcode(Rcode.SERVFAIL);
        return response.extendedErrors().get(0).text();
    }

    @Test
    void questionIsAskedOverTlsAndNoDatagramIsSent() {
        ScriptedUpstream upstream = secure(Replies.answering(ANSWER));
        assertThat(ask(running(builder(upstream)))).answers(ANSWER);
        assertThat(upstream.received()).extracting(ReceivedQuery::stream).containsExactly(true);
        assertThat(upstream.sessions().get(0).getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void queriesArePipelinedAndAnsweredInAnyOrder() {
        List<byte[]> replies = Collections.synchronizedList(new ArrayList<>());
        ScriptedUpstream upstream = secure((query, line) -> {
            replies.add(
                    Replies.answer(query, query.qname() + " 300 A 192.0.2.1").toWire());
            if (replies.size() == 60) {
                Collections.shuffle(replies);
                for (byte[] each : replies) {
                    line.send(each);
                }
            }
        });
        Forwarder forwarder = running(builder(upstream));
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            resolutions.add(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        for (int i = 0; i < 60; i++) {
            assertThat(resolutions.get(i)).answers("n" + i + ".example. 300 A 192.0.2.1");
        }
        assertThat(upstream.sessions()).hasSize(1);
    }

    @Test
    void longestReplyIsReadThroughManyTlsRecords() {
        String[] records = new String[4000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "www.example. 300 A 198.18." + i / 250 + "." + i % 250;
        }
        assertThat(ask(running(builder(secure(Replies.answering(records)))))).answersInAnyOrder(records);
    }

    @Test
    @DisplayName("section 3.4: a session is taken up again by the next connection")
    void sessionIsTakenUpAgain() {
        ScriptedUpstream upstream = secure((query, line) -> {
            line.send(Replies.answer(query, ANSWER).toWire());
            line.cut();
        });
        Forwarder forwarder = running(builder(upstream).tls(tls.countingClient()));
        for (int i = 0; i < 5; i++) {
            assertThat(ask(forwarder)).answers(ANSWER);
            int connections = i + 1;
            await().until(() -> upstream.sessions().size() >= connections && upstream.openConnections() == 0);
        }
        assertThat(upstream.sessions()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(tls.checks.get()).as("certificates checked").isEqualTo(1);
    }

    @Test
    @DisplayName("RFC 8310 section 8.1: the certificate of an upstream without a server name is for its address")
    void certificateIsCheckedAgainstTheAddress() {
        ScriptedUpstream upstream = opened(ScriptedUpstream.secure(
                Replies.answering(ANSWER), tls.server(tls.authority.issueForHost("dns.example"))));
        assertThat(fault(ask(running(builder(upstream)))))
                .contains("no secure connection")
                .contains("127.0.0.1");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    @DisplayName(
            "RFC 8310 section 8.1: with a server name the certificate is for that name, and the upstream is told it")
    void certificateIsCheckedAgainstTheServerName() {
        ScriptedUpstream upstream = opened(ScriptedUpstream.secure(
                Replies.answering(ANSWER), tls.server(tls.authority.issueForHost("dns.example"))));
        assertThat(ask(running(builder("dns.example", upstream)))).answers(ANSWER);
        assertThat(upstream.sessions().get(0).getRequestedServerNames())
                .containsExactly(new SNIHostName("dns.example"));
        assertThat(ask(running(builder(upstream).tlsServerName("dns.example")))).answers(ANSWER);
        assertThat(fault(ask(running(builder("other.example", upstream))))).contains("other.example");
    }

    @Test
    void certificateOfAStrangersAuthorityIsRefused() {
        ScriptedUpstream upstream = opened(ScriptedUpstream.secure(
                Replies.answering(ANSWER),
                new TlsKit().server(TestCertificate.authority("stranger").issue("server"))));
        assertThat(fault(ask(running(builder(upstream))))).contains("no secure connection");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void upstreamThatCannotBeTrustedIsPassedOverForOneThatCan() {
        ScriptedUpstream stranger = opened(ScriptedUpstream.secure(
                Replies.answering("www.example. 300 A 203.0.113.66"),
                new TlsKit().server(TestCertificate.authority("stranger").issue("server"))));
        assertThat(ask(running(builder(stranger, secure(Replies.answering(ANSWER))))))
                .answers(ANSWER);
    }

    @Test
    void clientCertificateIsShownToAnUpstreamThatAsksForIt() {
        ScriptedUpstream upstream = opened(
                ScriptedUpstream.secure(Replies.answering(ANSWER), tls.server()).wantingClients());
        TestCertificate own = tls.authority.issue("client");
        assertThat(ask(running(builder(upstream).tls(tls.client(own))))).answers(ANSWER);
        assertThat(upstream.sessions()).hasSize(1);
        assertThat(ask(running(builder(upstream)))).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void upstreamThatNeverShakesHandsIsATimeout() {
        ScriptedUpstream plain = opened(ScriptedUpstream.running(Script.SILENCE)); // takes a ClientHello for a length
        Forwarder forwarder = running(builder(plain).triesAnUpstream(1).tryTimeout(Duration.ofSeconds(1)));
        Resolution resolution = forwarder.resolve(Questions.a(NAME));
        await().until(() -> plain.openConnections() == 1);
        LoopTime.pass(forwarder, ticker, Duration.ofSeconds(1));
        assertThat(fault(DnsAssertions.response(resolution))).contains("no reply in time");
        await().until(() -> plain.openConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void octetsThatAreNoTlsEndTheConnection(int octets) {
        ScriptedUpstream plain = opened(ScriptedUpstream.greeting(new byte[octets]));
        Forwarder forwarder = running(builder(plain).triesAnUpstream(1).tryTimeout(Duration.ofSeconds(1)));
        Resolution resolution = forwarder.resolve(Questions.a(NAME));
        await().until(() -> {
            LoopTime.pass(forwarder, ticker, Duration.ofMillis(100)); // one octet may be the beginning of anything
            return ((dev.waypost.Pending) resolution)
                    .settled()
                    .toCompletableFuture()
                    .isDone();
        });
        assertThat(resolution).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void closeLeavesNoThreadAndNoConnection() {
        ScriptedUpstream upstream = secure(Replies.answering(ANSWER));
        Forwarder forwarder = running(builder(upstream));
        assertThat(ask(forwarder)).answers(ANSWER);
        forwarder.close();
        await().until(() -> upstream.openConnections() == 0);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().startsWith("waypost-forward")));
    }
}
