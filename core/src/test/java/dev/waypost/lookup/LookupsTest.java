package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.Ticker;
import dev.waypost.testing.FakeTicker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class LookupsTest {
    private static final String WEB = "web.a.zone.";
    private static final Question<List<InetAddress>> ADDRESSES = Question.addresses("web");

    private final FakeTicker ticker = new FakeTicker();
    private final Answers answers = new Answers();
    private final Lookups lookups = over(ticker);

    private Lookups over(Ticker clock) {
        Name a = Name.fromConstantString("a.zone.");
        Name b = Name.fromConstantString("b.zone.");
        return new Lookups(answers, answers, new SearchList(List.of(a, b), 3), clock, 64);
    }

    private static List<String> texts(Lookup<List<InetAddress>> lookup) {
        return lookup.orThrow().stream().map(InetAddress::getHostAddress).toList();
    }

    @Test
    void bothFamiliesAreFoundInTheOrderWanted() {
        answers.put(WEB, Type.A, "192.0.2.1");
        answers.put(WEB, Type.AAAA, "2001:db8::1");
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
        assertThat(texts(lookups.lookup(Question.addresses("web", AddressFamily.IPV6_FIRST))))
                .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1");
        assertThat(texts(lookups.lookup(Question.addresses("web", AddressFamily.IPV6))))
                .containsExactly("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void theNameOfTheSearchListThatMatchedIsTold() {
        answers.put("web.b.zone.", Type.A, "192.0.2.1");
        assertThat(lookups.lookup(ADDRESSES))
                .isInstanceOfSatisfying(
                        Lookup.Found.class, found -> assertThat(found.name()).hasToString("web.b.zone."));
    }

    @Test
    void anOutcomeIsRememberedUntilTheDataChanges() {
        answers.put(WEB, Type.A, "192.0.2.1");
        Lookup<List<InetAddress>> first = lookups.lookup(ADDRESSES);
        assertThat(lookups.lookup(Question.addresses("web"))).isSameAs(first);
        assertThat(answers.asked).containsExactly("web.a.zone. A", "web.a.zone. AAAA");
        answers.put(WEB, Type.A, "192.0.2.2");
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.2");
    }

    @Test
    void aNameThatAppearsEarlierInTheSearchListIsTheNextAnswer() {
        answers.put("web.b.zone.", Type.A, "192.0.2.1");
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.1");
        answers.put(WEB, Type.A, "192.0.2.2");
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.2");
    }

    @Test
    void anAbsenceIsRememberedUntilTheNameAppears() {
        answers.rootIsHeld = false;
        assertThat(lookups.lookup(ADDRESSES))
                .isEqualTo(new Lookup.NoSuchName<>(
                        List.of(Name.fromConstantString(WEB), Name.fromConstantString("web.b.zone."))));
        int before = answers.asked.size();
        lookups.lookup(ADDRESSES);
        assertThat(answers.asked).hasSize(before);
        answers.put(WEB, Type.A, "192.0.2.1");
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.1");
    }

    @Test
    void whatIsObservedIsAskedEachTime() {
        answers.observed = true;
        answers.put(WEB, Type.A, "192.0.2.1");
        lookups.lookup(ADDRESSES);
        lookups.lookup(ADDRESSES);
        assertThat(answers.asked).hasSize(4);
    }

    @Test
    void forgettingForgets() {
        answers.put(WEB, Type.A, "192.0.2.1");
        lookups.lookup(ADDRESSES);
        lookups.forget();
        lookups.lookup(ADDRESSES);
        assertThat(answers.asked).hasSize(4);
    }

    @Test
    void bothFamiliesAreOfOneMoment() {
        answers.put(WEB, Type.A, "192.0.2.1");
        answers.put(WEB, Type.AAAA, "2001:db8::1");
        // The service changes both families after the first was read, and before the second is.
        answers.whenAsked = () -> {
            answers.whenAsked = () -> {};
            answers.put(WEB, Type.A, "192.0.2.2");
            answers.put(WEB, Type.AAAA, "2001:db8::2");
        };
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.2", "2001:db8:0:0:0:0:0:2");
    }

    @Test
    void aNameThatCannotBeDecidedEndsTheSearch() {
        answers.put("web.b.zone.", Type.A, "192.0.2.1");
        answers.say(WEB, Type.A, Response.failure(Rcode.SERVFAIL, ExtendedError.NOT_READY, "waiting for services"));
        assertThat(lookups.lookup(ADDRESSES))
                .isEqualTo(new Lookup.NotReady<>(Name.fromConstantString(WEB), "waiting for services"));
        answers.say(WEB, Type.A, Response.overloaded("4096 queries wait"));
        assertThat(lookups.lookup(ADDRESSES))
                .isEqualTo(new Lookup.Overloaded<>(Name.fromConstantString(WEB), "4096 queries wait"));
        answers.say(WEB, Type.A, Response.failure(Rcode.REFUSED));
        assertThat(lookups.lookup(ADDRESSES))
                .isEqualTo(new Lookup.Failed<>(Name.fromConstantString(WEB), Rcode.REFUSED, "REFUSED"));
        answers.put(WEB, Type.A);
        assertThat(texts(lookups.lookup(ADDRESSES))).containsExactly("192.0.2.1");
    }

    @Test
    void aNameWithoutTheKindIsNoData() {
        answers.rootIsHeld = false;
        answers.edit(WEB, Type.A, response -> response.withRcode(Rcode.NOERROR));
        assertThat(lookups.lookup(ADDRESSES)).isEqualTo(new Lookup.NoData<>(Name.fromConstantString(WEB)));
    }

    @Test
    void anAliasThatLeavesIsTold() {
        answers.rootIsHeld = false;
        answers.say(WEB, Type.A, Response.answer(Freshness.never(), Answers.set(WEB, Type.CNAME, "api.example.")));
        assertThat(lookups.lookup(ADDRESSES))
                .isEqualTo(
                        new Lookup.Elsewhere<>(Name.fromConstantString(WEB), Name.fromConstantString("api.example.")));
    }

    @Test
    void oneNameAtMostLeavesTheProcess() {
        SearchList list = new SearchList(
                List.of(
                        Name.fromConstantString("a.zone."),
                        Name.fromConstantString("corp.example."),
                        Name.fromConstantString("region.example.")),
                5);
        Lookups outside = new Lookups(answers, answers, list, ticker, 64);
        outside.lookup(Question.addresses("www.example.org", AddressFamily.IPV4));
        assertThat(answers.asked).containsExactly("www.example.org.a.zone. A", "www.example.org. A");
        answers.asked.clear();
        outside.lookup(Question.addresses("printer", AddressFamily.IPV4));
        assertThat(answers.asked).containsExactly("printer.a.zone. A", "printer.corp.example. A");
    }

    @Test
    void aLiteralAndLocalhostAreAnsweredWithoutAsking() {
        assertThat(texts(lookups.lookup(Question.addresses("192.0.2.7")))).containsExactly("192.0.2.7");
        assertThat(texts(lookups.lookup(Question.addresses("2001:db8::7")))).containsExactly("2001:db8:0:0:0:0:0:7");
        assertThat(texts(lookups.lookup(Question.addresses("localhost"))))
                .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(texts(lookups.lookup(Question.addresses("db.LocalHost.", AddressFamily.IPV4))))
                .containsExactly("127.0.0.1");
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void textThatIsNoDomainNameIsRefused() {
        assertThatThrownBy(() -> lookups.lookup(Question.addresses("a..b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a..b\"");
    }

    @Test
    void anAnswerOutOfTouchSaysSoAndMayBeTooStaleForTheCaller() {
        answers.put(WEB, Type.A, "192.0.2.1");
        Staleness since = Staleness.since(ticker.nanoTime());
        answers.edit(WEB, Type.A, response -> response.withStaleness(since));
        ticker.advance(Duration.ofSeconds(10));
        assertThat(lookups.lookup(ADDRESSES))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.staleness().age(ticker.nanoTime()))
                                .isEqualTo(Duration.ofSeconds(10)));
        assertThat(lookups.lookup(ADDRESSES.notStalerThan(Duration.ofSeconds(10))))
                .isInstanceOf(Lookup.Found.class);
        ticker.advance(Duration.ofNanos(1));
        assertThat(lookups.lookup(ADDRESSES.notStalerThan(Duration.ofSeconds(10))))
                .isEqualTo(new Lookup.TooStale<>(Name.fromConstantString(WEB), since));
    }

    @Test
    void servicesJoinTargetsAndAddresses() {
        answers.put("_http._tcp.web.a.zone.", Type.SRV, "0 50 80 one.zone.");
        answers.edit(
                "_http._tcp.web.a.zone.",
                Type.SRV,
                response -> response.withAdditional(List.of(Answers.set("one.zone.", Type.A, "192.0.2.1"))));
        assertThat(lookups.lookup(Question.services("_http._tcp.web")).orThrow())
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.target()).hasToString("one.zone.");
                    assertThat(instance.port()).isEqualTo(80);
                    assertThat(instance.addresses())
                            .extracting(InetAddress::getHostAddress)
                            .containsExactly("192.0.2.1");
                });
    }

    @Test
    void anAddressHasNames() throws Exception {
        answers.put("1.2.0.192.in-addr.arpa.", Type.PTR, "web.zone.");
        InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        assertThat(lookups.lookup(Question.names(address)).orThrow())
                .containsExactly(Name.fromConstantString("web.zone."));
    }

    @Test
    void recordsComeWithTheAliasThatLeadsToThem() {
        answers.put("txt.zone.", Type.TXT, "\"one\"");
        assertThat(lookups.lookup(Question.records("txt.zone.", Type.TXT)).orThrow())
                .containsExactly(Answers.set("txt.zone.", Type.TXT, "\"one\""));
        answers.say(
                "alias.zone.",
                Type.TXT,
                Response.answer(Freshness.never(), Answers.set("alias.zone.", Type.CNAME, "txt.zone.")));
        assertThat(lookups.lookup(Question.records("alias.zone.", Type.TXT))).isInstanceOf(Lookup.NoData.class);
    }

    @Test
    void whatComesLaterIsAwaitedOrToldLater() throws Exception {
        CompletableFuture<Resolution> upstream = new CompletableFuture<>();
        answers.later.put("www.example. A", upstream);
        Question<List<InetAddress>> question =
                Question.addresses("www.example.", AddressFamily.IPV4).within(Duration.ofHours(1));
        var later = lookups.lookupLater(question);
        assertThat(later).isNotDone();
        upstream.complete(Response.answer(Freshness.never(), Answers.set("www.example.", Type.A, "198.51.100.1")));
        assertThat(texts(later.get(1, TimeUnit.MINUTES))).containsExactly("198.51.100.1");
        assertThat(texts(lookups.lookup(question))).containsExactly("198.51.100.1");
    }

    @Test
    void nobodyWaitsLongerThanTheQuestionAllows() {
        answers.later.put("www.example. A", new CompletableFuture<>());
        Question<List<InetAddress>> question =
                Question.addresses("www.example.", AddressFamily.IPV4).within(Duration.ofMillis(20));
        assertThat(over(Ticker.SYSTEM).lookup(question))
                .isEqualTo(new Lookup.TimedOut<>(Name.fromConstantString("www.example."), Duration.ofMillis(20)));
    }

    @Test
    void anUpstreamThatThrowsIsAFailureNotAnException() {
        answers.later.put("www.example. A", CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
        assertThat(lookups.lookup(Question.addresses("www.example.", AddressFamily.IPV4)))
                .isInstanceOfSatisfying(
                        Lookup.Failed.class,
                        failed -> assertThat(failed.reason()).contains("on purpose"));
    }

    @Test
    void moreQuestionsThanSlotsAreAnsweredAllTheSame() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                answers.put("n" + i + ".zone.", Type.A, "192.0.2." + i % 250);
                assertThat(texts(lookups.lookup(Question.addresses("n" + i + ".zone.", AddressFamily.IPV4))))
                        .containsExactly("192.0.2." + i % 250);
            }
        }
    }
}
