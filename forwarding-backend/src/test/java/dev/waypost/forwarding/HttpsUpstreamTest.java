package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.forwarding.UpstreamAddress.Scheme;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.ReceivedQuery;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedHttps;
import dev.waypost.forwarding.transport.HttpsTransport;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.FreePort;
import dev.waypost.testing.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

@DisplayName("RFC 8484: upstreams over HTTPS")
class HttpsUpstreamTest {
    private static final String NAME = "www.example.";
    private static final String ANSWER = "www.example. 300 A 192.0.2.1";
    /** The JDK's client gives a connection this much time to stand, by a clock of its own. */
    private static final Duration TRY = Duration.ofSeconds(4);

    private final TlsKit tls = new TlsKit();
    private final FakeTicker ticker = new FakeTicker();
    private final List<AutoCloseable> opened = new ArrayList<>();

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

    private ScriptedHttps serving(ScriptedHttps.HttpScript script) {
        return opened(ScriptedHttps.running(tls.server(), script));
    }

    private static Message answer(ReceivedQuery query) {
        return Replies.answer(query, query.qname() + " 300 A 192.0.2.1");
    }

    private ForwarderBuilder builder(ScriptedHttps upstream) {
        return builder(upstream.address());
    }

    private ForwarderBuilder builder(InetSocketAddress upstream) {
        return Forwarder.builder()
                .upstream(new UpstreamAddress(Scheme.HTTPS, upstream, "", "/dns-query"))
                .triesAnUpstream(1)
                .tryTimeout(TRY)
                .tls(tls.client())
                .ticker(ticker);
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
    @DisplayName("section 4.1: POST with the message as its body, over HTTP/2, with ID 0")
    void questionIsPosted() {
        ScriptedHttps upstream = serving(query -> ScriptedHttps.message(answer(query)));
        assertThat(ask(running(builder(upstream)))).answers(ANSWER);
        RecordedRequest request = upstream.requests().get(0);
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getVersion()).isEqualTo("HTTP/2");
        assertThat(request.getUrl().encodedPath()).isEqualTo("/dns-query");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/dns-message");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/dns-message");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("waypost");
        assertThat(upstream.received().get(0).id()).isZero();
        assertThat(upstream.received().get(0).hasEdns()).isTrue();
    }

    @Test
    @DisplayName("section 4.1: GET with the message in base64url without padding, equal for equal questions")
    void questionIsGot() {
        ScriptedHttps upstream = serving(query -> ScriptedHttps.message(answer(query)));
        Forwarder forwarder = running(builder(upstream).dohGet(true));
        assertThat(ask(forwarder)).answers(ANSWER);
        assertThat(ask(forwarder)).answers(ANSWER);
        assertThat(upstream.requests()).extracting(RecordedRequest::getMethod).containsOnly("GET");
        assertThat(upstream.requests().stream()
                        .map(each -> each.getUrl().queryParameter("dns"))
                        .distinct())
                .singleElement()
                .satisfies(dns -> assertThat(dns).doesNotContain("=", "+", "/"));
    }

    @Test
    void queriesShareAConnection() {
        CountDownLatch allAsked = new CountDownLatch(20);
        ScriptedHttps upstream = serving(query -> {
            if (!query.qname().equals(NAME)) {
                allAsked.countDown();
                awaitAll(allAsked); // so all of them are under way at once
            }
            return ScriptedHttps.message(answer(query));
        });
        Forwarder forwarder = running(builder(upstream));
        assertThat(ask(forwarder)).answers(ANSWER);
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            resolutions.add(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(resolutions.get(i)).answers("n" + i + ".example. 300 A 192.0.2.1");
        }
        assertThat(upstream.requests().stream()
                        .map(RecordedRequest::getConnectionIndex)
                        .distinct())
                .hasSize(1);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("RFC 9113 section 6.5.2: more queries than streams wait for their turn and are answered")
    void manyQueriesWaitForTheirTurn() {
        ScriptedHttps upstream = serving(query -> ScriptedHttps.message(answer(query)));
        Forwarder forwarder = running(builder(upstream));
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < 5 * HttpsTransport.MOST_AT_ONCE; i++) {
            resolutions.add(forwarder.resolve(Questions.a("n" + i + ".example.")));
        }
        for (int i = 0; i < resolutions.size(); i++) {
            assertThat(resolutions.get(i)).answers("n" + i + ".example. 300 A 192.0.2.1");
        }
    }

    @Test
    @DisplayName("section 5.1: the time an answer lay in HTTP caches is taken off its TTLs")
    void ageIsTakenOffTheTtls() {
        ScriptedHttps upstream =
                serving(query -> ScriptedHttps.message(answer(query), head -> head.setHeader("Age", "100")));
        assertThat(ask(running(builder(upstream)))).answers("www.example. 200 A 192.0.2.1");
        upstream.script(query -> ScriptedHttps.message(answer(query), head -> head.setHeader("Age", "4000000000")));
        assertThat(ask(running(builder(upstream)))).answers("www.example. 0 A 192.0.2.1");
        upstream.script(query -> ScriptedHttps.message(answer(query), head -> head.setHeader("Age", "old")));
        assertThat(ask(running(builder(upstream)))).answers(ANSWER);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "HTTP refused: status 500",
                        query -> new MockResponse.Builder()
                                .code(500)
                                .body("sorry")
                                .build()),
                refusal(
                        "HTTP refused: status 302",
                        query -> new MockResponse.Builder()
                                .code(302)
                                .setHeader("Location", "https://127.0.0.1:1/dns-query")
                                .build()),
                refusal(
                        "HTTP refused: content of type text/html",
                        query -> ScriptedHttps.message(
                                answer(query), head -> head.setHeader("Content-Type", "text/html"))),
                refusal(
                        "HTTP refused: content of type nothing",
                        query -> ScriptedHttps.message(answer(query), head -> head.removeHeader("Content-Type"))),
                refusal(
                        "a body of more than 65535 octets",
                        query -> ScriptedHttps.message(
                                answer(query), head -> head.body(new Buffer().write(new byte[65_536])))),
                refusal(
                        "a reply that cannot be read",
                        query -> ScriptedHttps.message(
                                answer(query), head -> head.body(new Buffer().write(new byte[65_535])))),
                refusal(
                        "a reply that cannot be read",
                        query -> ScriptedHttps.message(Replies.asking(answer(query), "other.example.", 1, 1))));
    }

    private static Arguments refusal(String fault, ScriptedHttps.HttpScript script) {
        return Arguments.of(fault, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatIsNoAnswerIsToldAndNeverFollowed(String fault, ScriptedHttps.HttpScript script) {
        ScriptedHttps upstream = serving(script);
        assertThat(fault(ask(running(builder(upstream))))).contains(fault);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void longestMessageIsTaken() {
        String[] records = new String[4000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "www.example. 300 A 198.18." + i / 250 + "." + i % 250;
        }
        ScriptedHttps upstream = serving(query -> ScriptedHttps.message(Replies.answer(query, records)));
        assertThat(ask(running(builder(upstream)))).answersInAnyOrder(records);
    }

    @Test
    void silentUpstreamIsATimeout() {
        CountDownLatch over = new CountDownLatch(1);
        ScriptedHttps upstream = serving(query -> {
            awaitAll(over);
            return ScriptedHttps.message(answer(query));
        });
        Forwarder forwarder = running(builder(upstream));
        Resolution resolution = forwarder.resolve(Questions.a(NAME));
        await().until(() -> upstream.requests().size() == 1);
        LoopTime.pass(forwarder, ticker, TRY);
        assertThat(fault(DnsAssertions.response(resolution))).contains("no reply in time");
        over.countDown();
        await().until(() -> {
            Pending again = (Pending) forwarder.resolve(Questions.a(NAME));
            return ((Response) again.settled().toCompletableFuture().join()).rcode() == Rcode.NOERROR;
        });
    }

    @Test
    void certificateIsCheckedAgainstTheAddress() {
        ScriptedHttps upstream = opened(ScriptedHttps.running(
                tls.server(tls.authority.issueForHost("dns.example")), query -> ScriptedHttps.message(answer(query))));
        assertThat(fault(ask(running(builder(upstream))))).contains("no secure connection");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    @DisplayName("tls_servername: the certificate is for that name, and the upstream is told it")
    void certificateIsCheckedAgainstTheServerName() {
        ScriptedHttps upstream = opened(ScriptedHttps.running(
                tls.server(tls.authority.issueForHost("dns.example")), query -> ScriptedHttps.message(answer(query))));
        assertThat(ask(running(builder(upstream).tlsServerName("dns.example")))).answers(ANSWER);
        assertThat(upstream.requests().get(0).getHandshakeServerNames()).containsExactly("dns.example");
        assertThat(fault(ask(running(builder(upstream).tlsServerName("other.example")))))
                .contains("no secure connection");
    }

    @Test
    void certificateOfAStrangersAuthorityIsRefused() {
        ScriptedHttps upstream = opened(ScriptedHttps.running(
                new TlsKit().server(TestCertificate.authority("stranger").issue("server")),
                query -> ScriptedHttps.message(answer(query))));
        assertThat(fault(ask(running(builder(upstream))))).contains("no secure connection");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void closedPortIsUnreachable() {
        InetSocketAddress nobodys = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
        assertThat(fault(ask(running(builder(nobodys))))).contains("the network refused");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "before Java 21 an HTTP client ends when it is garbage")
    void closeLeavesNoThread() {
        ScriptedHttps upstream = serving(query -> ScriptedHttps.message(answer(query)));
        Forwarder forwarder = running(builder(upstream));
        assertThat(ask(forwarder)).answers(ANSWER);
        forwarder.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().startsWith("waypost-forward")
                        || each.getName().startsWith("HttpClient-")));
    }
}
