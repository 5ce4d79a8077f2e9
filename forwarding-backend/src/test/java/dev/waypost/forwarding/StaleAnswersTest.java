package dev.waypost.forwarding;

import static dev.waypost.forwarding.CacheProbe.SOA;
import static dev.waypost.forwarding.CacheProbe.answered;
import static dev.waypost.forwarding.CacheProbe.denial;
import static dev.waypost.forwarding.CacheProbe.servfail;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.testing.DnsAssertions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** Answers beyond their time, RFC 8767. */
class StaleAnswersTest {
    private static final String FRESH = "www.example. 300 A 192.0.2.1";
    private static final String STALE = "www.example. 30 A 192.0.2.1";
    private static final String NEWER = "www.example. 300 A 192.0.2.2";

    private static CacheProbe expired(CacheBuilder builder) {
        CacheProbe probe = new CacheProbe(builder);
        probe.ask();
        probe.afterSeconds(300);
        return probe;
    }

    private static CacheProbe verifying() {
        return expired(CachingLayer.builder().serveStale(StalePolicy.VERIFY));
    }

    private static CacheProbe immediate() {
        return expired(CachingLayer.builder().serveStale(StalePolicy.IMMEDIATE));
    }

    private static boolean isSettled(Resolution resolution) {
        return !(resolution instanceof Pending pending)
                || pending.settled().toCompletableFuture().isDone();
    }

    @Test
    @DisplayName("nothing stale is told unless it is wanted")
    void staleAnswersAreOffByDefault() {
        CacheProbe probe = expired(CachingLayer.builder()).says(servfail());
        assertThat(probe.ask()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    @DisplayName("RFC 8767 section 4: the upstream is asked first, and what it says is told")
    void freshAnswerIsToldWhereThereIsOne() {
        CacheProbe probe = verifying().says(answered(NEWER));
        assertThat(probe.ask()).answers(NEWER);
        assertThat(probe.metric("served_stale_total")).isZero();
    }

    @Test
    @DisplayName("RFC 8767 section 4: where the upstream fails the stale answer is told, with a TTL of 30 s")
    void staleAnswerIsToldWhereTheUpstreamFails() {
        CacheProbe probe = verifying();
        for (Resolution failure : List.of(servfail(), CacheProbe.forwarded(Rcode.REFUSED), Flight.refusal("closed"))) {
            probe.says(failure);
            probe.afterSeconds(30);
            assertThat(probe.ask()).answers(STALE).isNotAuthoritative().holdsNoMore();
        }
        assertThat(probe.metric("served_stale_total")).isEqualTo(3);
    }

    @Test
    @DisplayName("RFC 8914 sections 4.4 and 4.20: it says that it is stale, and since when")
    void staleAnswerSaysSo() {
        CacheProbe probe = verifying().says(servfail());
        Response stale = DnsAssertions.response(probe.ask());
        assertThat(stale.staleness()).isInstanceOf(Staleness.Stale.class);
        assertThat(stale.staleness().age(probe.now())).isEqualTo(Duration.ofSeconds(300));
        assertThat(stale.extendedErrors()).containsExactly(new ExtendedError(3, ""));
        assertThat(stale.answeredBy()).isEqualTo("cache");
        CacheProbe denying = new CacheProbe(CachingLayer.builder().serveStale(StalePolicy.VERIFY));
        denying.says(denial(Rcode.NXDOMAIN, SOA)).ask();
        denying.afterSeconds(60);
        assertThat(denying.says(servfail()).ask())
                .isNxDomain()
                .hasSoa("example.", 30)
                .hasExtendedError(19);
        denying.afterSeconds(30);
        denying.says(denial(Rcode.NOERROR, SOA)).ask();
        denying.afterSeconds(60);
        assertThat(denying.says(servfail()).ask()).isNoData().hasExtendedError(3);
    }

    @Test
    @DisplayName("RFC 8767 section 5, client response timer: after 1.8 s the client is told what is stale")
    void clientWaitsForAFreshAnswerButNotForLong() {
        CacheProbe probe = verifying().isSlow();
        Resolution client = probe.ask();
        probe.after(Duration.ofMillis(1799));
        assertThat(isSettled(client)).isFalse();
        probe.after(Duration.ofMillis(1));
        assertThat(isSettled(client)).isTrue();
        assertThat(client).answers(STALE);
        probe.reply(answered(NEWER));
        assertThat(probe.ask())
                .as("the upstream's answer came late, and is kept")
                .answers(NEWER);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void clientWithLessTimeWaitsAsLongAsItHas() {
        CacheProbe probe = verifying().isSlow();
        long deadline = probe.now() + Duration.ofMillis(500).toNanos();
        Resolution client = probe.ask(CacheProbe.QUERY.withDeadline(deadline));
        probe.after(Duration.ofMillis(500));
        assertThat(isSettled(client)).isTrue();
        assertThat(client).answers(STALE);
    }

    @Test
    void timerOfZeroWaitsToTheDeadline() {
        CacheProbe probe = expired(
                        CachingLayer.builder().serveStale(StalePolicy.VERIFY).staleTimer(Duration.ZERO))
                .isSlow();
        Resolution client = probe.ask();
        probe.after(Query.DEFAULT_TIMEOUT.minusMillis(1));
        assertThat(isSettled(client)).isFalse();
        probe.after(Duration.ofMillis(1));
        assertThat(client).answers(STALE);
    }

    @Test
    @DisplayName("all that wait for one refresh cost one upstream query, and all are answered")
    void refreshIsSharedByAllThatWait() {
        CacheProbe probe = verifying().isSlow();
        List<Resolution> clients = Stream.generate(probe::ask).limit(1000).toList();
        assertThat(probe.asked()).isEqualTo(2);
        probe.reply(answered(NEWER));
        clients.forEach(client -> assertThat(client).answers(NEWER));
    }

    @Test
    void whoComesWhenTooManyWaitIsToldWhatIsStaleAtOnce() {
        CacheProbe probe = verifying().isSlow();
        List<Resolution> clients =
                Stream.generate(probe::ask).limit(CachedResolver.MOST_WAITING).toList();
        assertThat(clients).noneMatch(StaleAnswersTest::isSettled);
        assertThat(probe.ask()).answers(STALE);
        probe.reply(answered(NEWER));
        clients.forEach(client -> assertThat(client).answers(NEWER));
        probe.afterSeconds(300);
        assertThat(isSettled(probe.isSlow().ask())).as("there is room again").isFalse();
    }

    @Test
    @DisplayName("RFC 8767 section 5, failure recheck timer: a failed upstream is not asked again for 30 s")
    void failedUpstreamIsLeftAloneForHalfAMinute() {
        CacheProbe probe = verifying().says(servfail());
        probe.ask();
        probe.after(Duration.ofMillis(29_999));
        assertThat(probe.ask()).answers(STALE);
        assertThat(probe.asked()).isEqualTo(2);
        probe.after(Duration.ofMillis(1));
        assertThat(probe.says(answered(NEWER)).ask()).answers(NEWER);
    }

    @Test
    @DisplayName("RFC 8767 section 5, maximum stale timer: one day by default, then it is gone")
    void staleAnswerIsGoneAfterItsBound() {
        CacheProbe probe = verifying().says(servfail());
        probe.after(CacheBuilder.DEFAULT_STALE.minusMillis(1));
        assertThat(probe.ask()).answers(STALE);
        probe.after(Duration.ofMillis(1));
        assertThat(probe.ask()).hasRcode(Rcode.SERVFAIL);
        assertThat(CacheBuilder.DEFAULT_STALE).isBetween(Duration.ofDays(1), Duration.ofDays(3));
        assertThatThrownBy(() ->
                        CachingLayer.builder().serveStale(StalePolicy.VERIFY, CacheBuilder.MAX_STALE.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 3 days");
    }

    @Test
    void everyNumberCanBeChosen() {
        CacheProbe probe = expired(CachingLayer.builder()
                        .serveStale(StalePolicy.VERIFY, Duration.ofHours(1))
                        .staleTtl(Duration.ofSeconds(7))
                        .failureRecheck(Duration.ofSeconds(2)))
                .says(servfail());
        assertThat(probe.ask()).answers("www.example. 7 A 192.0.2.1");
        probe.afterSeconds(2);
        probe.ask();
        assertThat(probe.asked()).isEqualTo(3);
        probe.afterSeconds(3598);
        assertThat(probe.ask()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void immediateTellsFirstAndAsksBehindTheClientsBack() {
        CacheProbe probe = immediate().isSlow();
        assertThat(probe.ask()).answers(STALE);
        assertThat(probe.ask()).answers(STALE);
        assertThat(probe.asked()).as("one refresh at a time").isEqualTo(2);
        probe.reply(answered(NEWER));
        assertThat(probe.ask()).answers(NEWER);
        assertThat(probe.metric("served_stale_total")).isEqualTo(2);
        assertThat(probe.metric("hits_total", "success")).isEqualTo(3);
        assertThat(probe.metric("misses_total")).isEqualTo(1);
    }

    @Test
    void immediateHidesNoAnswerThatIsThereAtOnce() {
        CacheProbe probe = immediate().says(answered(NEWER));
        assertThat(probe.ask()).answers(NEWER);
    }

    @Test
    @DisplayName("RFC 8767 section 4: NXDOMAIN is an answer, and the stale one is gone")
    void denialReplacesAStaleAnswer() {
        CacheProbe probe = verifying().says(denial(Rcode.NXDOMAIN, SOA));
        assertThat(probe.ask()).isNxDomain();
        probe.afterSeconds(60);
        assertThat(probe.says(servfail()).ask()).isNxDomain().hasExtendedError(19);
    }

    @Test
    void denialThatIsNotKeptEndsAStaleAnswerAllTheSame() {
        CacheProbe probe = verifying().says(CacheProbe.forwarded(Rcode.NXDOMAIN));
        assertThat(probe.ask()).hasRcode(Rcode.NXDOMAIN);
        assertThat(probe.says(servfail()).ask()).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void preferPositiveTellsStaleRecordsRatherThanAFreshDenial() {
        CacheProbe probe = expired(
                        CachingLayer.builder().serveStale(StalePolicy.VERIFY).preferPositive(true))
                .says(denial(Rcode.NXDOMAIN, SOA));
        assertThat(probe.ask()).answers(STALE);
        assertThat(probe.ask()).answers(STALE);
        assertThat(probe.asked()).as("the denial is kept, so nobody asks").isEqualTo(2);
        probe.afterSeconds(60);
        assertThat(probe.says(CacheProbe.forwarded(Rcode.NOERROR)).ask()).answers(STALE);
        probe.afterSeconds(30);
        assertThat(probe.says(answered(NEWER)).ask()).answers(NEWER);
    }

    @Test
    void whoElseAnswersForTheNameNowIsNeverHidden() {
        Response memory = Response.answer(Freshness.always()).withRcode(Rcode.NXDOMAIN);
        for (CacheProbe probe : List.of(
                verifying(),
                immediate(),
                expired(CachingLayer.builder().serveStale(StalePolicy.VERIFY).preferPositive(true)))) {
            assertThat(probe.says(memory).ask()).isEqualTo(memory);
            assertThat(probe.says(servfail()).ask()).hasRcode(Rcode.SERVFAIL);
        }
    }

    @Test
    void nameThatFallsThroughNowFallsThrough() {
        DnsAssertions.assertFallsThrough(
                verifying().says(Fallthrough.FALLTHROUGH).ask());
    }

    @Test
    void brokenWitnessEndsAStaleAnswer() {
        boolean[] broken = {false};
        Freshness witness = now -> !broken[0];
        CacheProbe probe = new CacheProbe(CachingLayer.builder().serveStale(StalePolicy.IMMEDIATE));
        probe.says(answered(FRESH).withFreshness(witness.and(Freshness.uncached())))
                .ask();
        probe.afterSeconds(300);
        probe.isSlow();
        assertThat(probe.ask()).answers(STALE);
        broken[0] = true;
        assertThat(isSettled(probe.ask())).as("asked as if nothing were known").isFalse();
    }

    @Test
    void witnessThatBreaksWhileTheClientWaitsEndsTheStaleAnswer() {
        boolean[] broken = {false};
        Freshness witness = now -> !broken[0];
        CacheProbe probe = new CacheProbe(CachingLayer.builder().serveStale(StalePolicy.VERIFY));
        probe.says(answered(FRESH).withFreshness(witness.and(Freshness.uncached())))
                .ask();
        probe.afterSeconds(300);
        Resolution client = probe.isSlow().ask();
        broken[0] = true;
        probe.reply(servfail());
        assertThat(client).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void timerTellsNothingStaleOnceTheWitnessIsBroken() {
        boolean[] broken = {false};
        Freshness witness = now -> !broken[0];
        CacheProbe probe = new CacheProbe(CachingLayer.builder().serveStale(StalePolicy.VERIFY));
        probe.says(answered(FRESH).withFreshness(witness.and(Freshness.uncached())))
                .ask();
        probe.afterSeconds(300);
        Resolution client = probe.isSlow().ask();
        broken[0] = true;
        probe.after(Duration.ofMillis(1800));
        assertThat(isSettled(client)).isFalse();
        probe.reply(answered(NEWER));
        assertThat(client).answers(NEWER);
    }

    @Test
    void brokenResolverIsAFailureToo() {
        CacheProbe probe = verifying().isSlow();
        Resolution client = probe.ask();
        probe.breaks(new IllegalStateException("broken"));
        assertThat(client).answers(STALE);
        assertThat(probe.ask()).as("and is left alone").answers(STALE);
        assertThat(probe.asked()).isEqualTo(2);
    }

    @Test
    void eachClientSeesItsOwnLettersInAStaleAnswerAndInARefreshedOne() {
        CacheProbe probe = verifying().isSlow();
        Resolution one = probe.ask(Questions.a("WWW.example.").withDeadline(probe.now() + 5_000_000_000L));
        Resolution other = probe.ask(Questions.a("www.EXAMPLE.").withDeadline(probe.now() + 5_000_000_000L));
        probe.reply(answered(NEWER));
        assertThat(one).answers("WWW.example. 300 A 192.0.2.2");
        assertThat(other).answers("www.EXAMPLE. 300 A 192.0.2.2");
        probe.afterSeconds(300);
        probe.says(servfail());
        assertThat(probe.ask(Questions.a("wWw.example."))).answers("wWw.example. 30 A 192.0.2.2");
    }
}
