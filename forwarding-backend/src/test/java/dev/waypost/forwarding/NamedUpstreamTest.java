package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waypost.ExtendedError;
import dev.waypost.forwarding.UpstreamAddress.Scheme;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedHttps;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.forwarding.transport.IoLoop;
import dev.waypost.testing.FakeTicker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Upstreams that are given by host name. */
class NamedUpstreamTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FakeTicker ticker = new FakeTicker();
    private final TlsKit tls = new TlsKit();
    private final ScriptedUpstream upstream = opened(ScriptedUpstream.running(Replies.answering(ANSWER)));
    private final ScriptedUpstream phoneBook =
            opened(ScriptedUpstream.running((query, line) -> line.send((query.qtype() == Type.A
                            ? Replies.answer(query, query.qname() + " 300 A 127.0.0.1")
                            : Replies.reply(query, Rcode.NOERROR))
                    .toWire())));

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private ForwarderBuilder builder(Scheme scheme, InetSocketAddress where) {
        String path = scheme == Scheme.HTTPS ? "/dns-query" : "";
        return Forwarder.builder()
                .upstream(new UpstreamAddress(
                        scheme, InetSocketAddress.createUnresolved("dns.example", where.getPort()), "", path))
                .resolver(phoneBook.address())
                .tls(tls.client())
                .tryTimeout(Duration.ofSeconds(4)) // the HTTP client's own clock goes on
                .ticker(ticker);
    }

    private Forwarder running(ForwarderBuilder builder) {
        Forwarder forwarder = opened(builder.build());
        forwarder.start();
        return forwarder;
    }

    @Test
    void addressIsAskedOfTheResolversThatAreToldForIt() {
        Forwarder forwarder = running(builder(Scheme.DNS, upstream.address()));
        await().until(() -> forwarder.readiness().ready());
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(phoneBook.received())
                .extracting(ReceivedQuery::qname, ReceivedQuery::qtype)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("dns.example.", Type.A),
                        org.assertj.core.groups.Tuple.tuple("dns.example.", Type.AAAA));
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> each.getName().equals("waypost-forward"))
                        .count()
                == 1); // who looked it up is gone
    }

    @Test
    void certificateIsForTheHostName() {
        ScriptedUpstream secure = opened(ScriptedUpstream.secure(
                Replies.answering(ANSWER), tls.server(tls.authority.issueForHost("dns.example"))));
        Forwarder forwarder = running(builder(Scheme.TLS, secure.address()));
        await().until(() -> forwarder.readiness().ready());
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
    }

    @Test
    void httpsUpstreamIsReachedAtTheAddressWithTheHostNamesCertificate() {
        ScriptedHttps secure = opened(ScriptedHttps.running(
                tls.server(tls.authority.issueForHost("dns.example")),
                query -> ScriptedHttps.message(Replies.answer(query, ANSWER))));
        Forwarder forwarder = running(builder(Scheme.HTTPS, secure.address()));
        await().until(() -> forwarder.readiness().ready());
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
        assertThat(secure.requests().get(0).getHandshakeServerNames()).containsExactly("dns.example");
    }

    @Test
    void untilAnAddressIsFoundItIsAskedForAgainAndThePartIsNotReady() {
        phoneBook.udp(Replies.refusing(Rcode.SERVFAIL));
        Logger logger = Logger.getLogger(HostNames.class.getName());
        Warnings warnings = new Warnings();
        logger.addHandler(warnings);
        opened.add(() -> logger.removeHandler(warnings));
        Forwarder forwarder = running(builder(Scheme.DNS, upstream.address()));
        await().until(() -> warnings.count.get() == 1); // nothing was found
        assertThat(forwarder.readiness().ready()).isFalse();
        assertThat(forwarder.readiness().reason()).contains("dns.example");
        assertThat(forwarder.resolve(Questions.a(NAME)))
                .hasRcode(Rcode.SERVFAIL)
                .hasExtendedError(ExtendedError.NOT_READY);
        phoneBook.udp((query, line) ->
                line.send(Replies.answer(query, "dns.example. 300 A 127.0.0.1").toWire()));
        LoopTime.pass(forwarder, ticker, Duration.ofSeconds(1));
        await().until(() -> forwarder.readiness().ready());
        assertThat(forwarder.resolve(Questions.a(NAME))).answers(ANSWER);
    }

    private static final class Warnings extends Handler {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void publish(LogRecord message) {
            count.incrementAndGet();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void closeEndsTheSearch() {
        phoneBook.udp(Replies.refusing(Rcode.SERVFAIL));
        Forwarder forwarder = running(builder(Scheme.DNS, upstream.address()));
        forwarder.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().equals("waypost-forward")));
    }

    @Test
    void searchThatIsClosedBeforeItBeginsDoesNotBegin() throws Exception {
        try (IoLoop loop = new IoLoop("search", ticker)) {
            HostNames names = new HostNames(loop, ticker, List.of(phoneBook.address()), (named, found) -> {});
            names.close();
            names.find(List.of(UpstreamAddress.of("dns.example")));
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().equals("waypost-forward")));
        assertThat(phoneBook.received()).isEmpty();
    }

    @Test
    void hostNameWithoutResolverIsRefused() {
        assertThatThrownBy(() -> Forwarder.builder().upstream("dns.example").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wants resolvers to look it up with")
                .hasMessageContaining("dns.example:53");
    }
}
