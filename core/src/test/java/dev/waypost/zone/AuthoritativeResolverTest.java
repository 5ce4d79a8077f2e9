package dev.waypost.zone;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static dev.waypost.testing.DnsAssertions.response;
import static dev.waypost.testing.DnsAssertions.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class AuthoritativeResolverTest implements ResolverContract {
    private static final Resolver NOBODY = query -> Fallthrough.FALLTHROUGH;

    private final ReloadableZone shop = new ReloadableZone(Zones.name("shop.example"));
    private final ReloadableZone other = new ReloadableZone(Zones.name("other.example"));

    AuthoritativeResolverTest() {
        shop.publish(Zones.zone(
                "shop.example",
                "web A 192.0.2.1",
                "partner CNAME web.other.example.",
                "lost CNAME nothing.other.example.",
                "ping CNAME pong.other.example.",
                "sub NS ns.example.net.",
                "tosub CNAME a.sub"));
        other.publish(Zones.zone("other.example", "web A 192.0.2.2", "pong CNAME ping.shop.example."));
    }

    @Override
    public Resolver resolver() {
        return engine();
    }

    @Override
    public Query answerable() {
        return query("web.shop.example");
    }

    private static Query query(String qname) {
        return Query.of(Zones.name(qname), Type.A);
    }

    /** Two zones that know of each other, as an engine has them. */
    private Resolver engine() {
        Resolver[] engine = new Resolver[1];
        Resolver loop = query -> engine[0].resolve(query);
        Resolver first = new AuthoritativeResolver(shop, FallthroughZones.NONE, loop);
        Resolver second = new AuthoritativeResolver(other, FallthroughZones.NONE, loop);
        engine[0] = query -> first.resolve(query).orElse(() -> second.resolve(query));
        return engine[0];
    }

    @Test
    void classesOtherThanInFallThrough() {
        Query in = answerable();
        for (int qclass : new int[] {0, DClass.CH, DClass.NONE, DClass.ANY}) {
            assertFallsThrough(engine().resolve(new Query(
                    in.qname(),
                    in.qtype(),
                    qclass,
                    false,
                    false,
                    in.edns(),
                    in.client(),
                    in.deadlineNanos(),
                    List.of())));
        }
    }

    @Test
    void missingNameFallsThroughWhereAllowedAndOnlyWhileItIsMissing() {
        Resolver resolver =
                new AuthoritativeResolver(shop, new FallthroughZones(List.of(Zones.name("open.shop.example"))), NOBODY);
        Resolution fallthrough = resolver.resolve(query("x.open.shop.example"));
        assertFallsThrough(fallthrough);
        assertThat(resolver.resolve(query("x.shop.example"))).isNxDomain();

        Response next = response(fallthrough.orElse(() -> Response.answer(Freshness.always())));
        assertThat(next).holds();
        shop.publish(Zones.zone("shop.example", "x.open A 192.0.2.9"));
        assertThat(next)
                .as("the next resolver's answer, once the name is here")
                .satisfies(each -> assertThat(each).holdsNoMore());
        assertThat(resolver.resolve(query("x.open.shop.example"))).answers("x.open.shop.example. 300 A 192.0.2.9");
    }

    @Test
    void nodataNeverFallsThrough() {
        Resolver resolver = new AuthoritativeResolver(shop, FallthroughZones.ALL, NOBODY);
        assertThat(resolver.resolve(query("web.shop.example").withQtype(Type.TXT)))
                .isNoData();
    }

    @Test
    void zoneThatIsNotReadyIsServfailWithTheReason() {
        ReloadableZone empty = new ReloadableZone(Zones.name("shop.example"));
        assertThat(new AuthoritativeResolver(empty, FallthroughZones.ALL, NOBODY).resolve(query("web.shop.example")))
                .hasRcode(Rcode.SERVFAIL)
                .hasExtendedError(ExtendedError.NOT_READY)
                .hasAuthority()
                .holdsNoMore();
    }

    @Test
    void aliasIntoAnotherZoneIsFollowedThroughTheEngine() {
        assertThat(engine().resolve(query("partner.shop.example")))
                .isAuthoritative()
                .answers("partner.shop.example. 300 CNAME web.other.example.", "web.other.example. 300 A 192.0.2.2");
    }

    @Test
    void chainThatEndsInNothingHasTheSoaOfWhereItEnded() {
        assertThat(engine().resolve(query("lost.shop.example")))
                .hasRcode(Rcode.NXDOMAIN)
                .hasAnswer("lost.shop.example. 300 CNAME nothing.other.example.")
                .hasSoa("other.example.", 60);
    }

    @Test
    void loopOverTwoZonesEndsWithEachRecordOnce() {
        shop.publish(Zones.zone("shop.example", "ping CNAME pong.other.example."));
        assertThat(engine().resolve(query("ping.shop.example")))
                .answers(
                        "ping.shop.example. 300 CNAME pong.other.example.",
                        "pong.other.example. 300 CNAME ping.shop.example.");
    }

    @Test
    void eitherZonesChangeEndsTheChain() {
        Response first = response(engine().resolve(query("partner.shop.example")));
        other.publish(Zones.zone("other.example", "web A 192.0.2.3"));
        assertThat(first).holdsNoMore();
        Response second = response(engine().resolve(query("partner.shop.example")));
        assertThat(second).holds();
        shop.publish(Zones.zone("shop.example", "partner CNAME web.other.example."));
        assertThat(second).holdsNoMore();
    }

    @Test
    void longChainIsBounded() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("c" + i + " CNAME c" + (i + 1));
        }
        shop.publish(Zones.zone("shop.example", lines.toArray(String[]::new)));
        assertThat(response(engine().resolve(query("c0.shop.example"))).answer())
                .hasSize(Query.MAX_ALIASES + 1);
    }

    @Test
    void targetThatIsNobodysLeavesTheAliasAlone() {
        Resolver resolver = new AuthoritativeResolver(shop, FallthroughZones.NONE, NOBODY);
        assertThat(resolver.resolve(query("partner.shop.example")))
                .isAuthoritative()
                .answers("partner.shop.example. 300 CNAME web.other.example.")
                .hasAuthority()
                .holds();
    }

    @ParameterizedTest(name = "later: {0}")
    @ValueSource(booleans = {false, true})
    void forwardedEndJoinsTheAlias(boolean later) {
        RecordSet address = RecordSet.ofRdata(
                Zones.name("web.other.example"), Type.A, 77, List.of(new byte[] {(byte) 192, 0, 2, 77}));
        Response end = Response.answer(Freshness.uncached(), address)
                .withAuthoritative(false)
                .withRecursionAvailable(true);
        Resolver forwarder = query -> later ? Pending.on(CompletableFuture.supplyAsync(() -> end)) : end;
        Resolution resolution = new AuthoritativeResolver(shop, FallthroughZones.NONE, forwarder)
                .resolve(query("partner.shop.example"));
        assertThat(resolution instanceof Pending).isEqualTo(later);
        Response joined = response(resolution);
        assertThat(joined)
                .isAuthoritative()
                .answers("partner.shop.example. 300 CNAME web.other.example.", "web.other.example. 77 A 192.0.2.77");
        assertThat(joined.recursionAvailable()).isTrue();
        assertThat(joined.freshness().isUncached()).isTrue();

        Freshness kept = joined.freshness().keptUntil(1_000);
        assertThat(kept.holdsAt(999)).isTrue();
        assertThat(kept.holdsAt(1_000)).isFalse();
        shop.publish(Zones.zone("shop.example", "partner A 192.0.2.1"));
        assertThat(kept.holdsAt(999)).as("the alias changed").isFalse();
    }

    @Test
    void fallthroughOfALaterAnswerIsTheEndOfTheChainToo() {
        Resolver later = query -> Pending.on(CompletableFuture.supplyAsync(() -> Fallthrough.FALLTHROUGH));
        assertThat(new AuthoritativeResolver(shop, FallthroughZones.NONE, later).resolve(query("partner.shop.example")))
                .answers("partner.shop.example. 300 CNAME web.other.example.");
    }

    @Test
    void aliasBelowACutIsAskedOfTheEngineWhichMayServeTheChild() {
        StaticZone child = Zones.zone("sub.shop.example", "a A 192.0.2.66");
        Resolver engine = new AuthoritativeResolver(child, FallthroughZones.NONE, NOBODY);
        assertThat(new AuthoritativeResolver(shop, FallthroughZones.NONE, engine).resolve(query("tosub.shop.example")))
                .answers("tosub.shop.example. 300 CNAME a.sub.shop.example.", "a.sub.shop.example. 300 A 192.0.2.66");
        assertThat(new AuthoritativeResolver(shop, FallthroughZones.NONE, NOBODY).resolve(query("tosub.shop.example")))
                .answers("tosub.shop.example. 300 CNAME a.sub.shop.example.")
                .hasAuthority("sub.shop.example. 300 NS ns.example.net.");
    }

    /** Not ready until its records arrive. */
    private final class Fetching implements RecordSource {
        private final List<CompletableFuture<Void>> fetches = new ArrayList<>();
        private boolean arrived;

        @Override
        public Name origin() {
            return shop.origin();
        }

        @Override
        public RecordSet soa() {
            return shop.soa();
        }

        @Override
        public Finding find(Name qname, int qtype) {
            return arrived
                    ? shop.find(qname, qtype)
                    : new Finding.NotReady("fetching", deadline -> {
                        CompletableFuture<Void> fetch = new CompletableFuture<>();
                        fetches.add(fetch);
                        return Optional.of(fetch);
                    });
        }
    }

    @Test
    void recordsThatCanBeFetchedAreWaitedFor() {
        Fetching fetching = new Fetching();
        Resolver resolver = new AuthoritativeResolver(fetching, FallthroughZones.NONE, engine());
        Pending answer = (Pending) resolver.resolve(query("web.shop.example"));
        Pending denial = (Pending) resolver.resolve(query("none.shop.example"));
        assertThat(fetching.fetches).hasSize(2);
        fetching.arrived = true;
        fetching.fetches.forEach(fetch -> fetch.complete(null));
        assertThat(settled(answer)).answers("web.shop.example. 300 A 192.0.2.1");
        assertThat(settled(denial)).hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void waitThatBringsNothingEndsInServfail() {
        Fetching fetching = new Fetching();
        Resolver resolver = new AuthoritativeResolver(fetching, FallthroughZones.NONE, engine());
        Pending answer = (Pending) resolver.resolve(query("web.shop.example"));
        for (int i = 0; i < fetching.fetches.size(); i++) {
            fetching.fetches.get(i).complete(null); // each brings the next wait
        }
        assertThat(settled(answer)).hasRcode(Rcode.SERVFAIL).hasExtendedError(ExtendedError.NOT_READY);
        assertThat(fetching.fetches).hasSizeLessThan(10);
    }

    @Test
    void standingOfTheSourceGoesIntoEveryResponse() {
        Witness outage = new Witness();
        ExtendedError told = new ExtendedError(ExtendedError.STALE_ANSWER, "out of touch");
        RecordSource lost = outOfTouch(new Standing(Staleness.since(5), List.of(told), outage));
        Resolver resolver = new AuthoritativeResolver(lost, FallthroughZones.NONE, engine());
        List<Response> responses = new ArrayList<>();
        for (String qname : List.of("web", "none", "partner", "a.sub")) {
            responses.add((Response) settled(resolver.resolve(query(qname + ".shop.example"))));
        }
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.staleness()).isEqualTo(Staleness.since(5));
            assertThat(response.extendedErrors()).contains(told);
            assertThat(response.freshness().holdsAt(0)).isTrue();
        });
        outage.breakNow();
        assertThat(responses)
                .noneSatisfy(
                        response -> assertThat(response.freshness().holdsAt(0)).isTrue());
    }

    @Test
    void standingOfTheSourceGoesWithANameThatFallsThrough() {
        Witness outage = new Witness();
        RecordSource lost = outOfTouch(new Standing(Staleness.since(5), List.of(), outage), new Witness());
        Resolver resolver = new AuthoritativeResolver(lost, FallthroughZones.ALL, engine());
        Resolution missing = resolver.resolve(query("none.shop.example"));
        Response elsewhere =
                (Response) settled(missing.orElse(() -> Response.empty(Rcode.NOERROR, Freshness.always())));
        assertThat(elsewhere.staleness()).isEqualTo(Staleness.since(5));
        assertThat(elsewhere.freshness().holdsAt(0)).isTrue();
        outage.breakNow();
        assertThat(elsewhere.freshness().holdsAt(0)).isFalse();
    }

    @Test
    void nameThatNoDataCouldMakeExistFallsThroughForEver() {
        RecordSource lost = outOfTouch(new Standing(Staleness.since(5), List.of(), new Witness()), Freshness.always());
        Resolver resolver = new AuthoritativeResolver(lost, FallthroughZones.ALL, engine());
        assertThat((Object) resolver.resolve(query("none.shop.example"))).isSameAs(Fallthrough.FALLTHROUGH);
    }

    private RecordSource outOfTouch(Standing standing) {
        return outOfTouch(standing, Freshness.always());
    }

    private RecordSource outOfTouch(Standing standing, Freshness ofDenials) {
        return new RecordSource() {
            @Override
            public Name origin() {
                return shop.origin();
            }

            @Override
            public RecordSet soa() {
                return shop.soa();
            }

            @Override
            public Finding find(Name qname, int qtype) {
                Finding finding = shop.find(qname, qtype);
                return finding instanceof Finding.NxDomain ? new Finding.NxDomain(ofDenials) : finding;
            }

            @Override
            public Standing standing(Name qname) {
                return standing;
            }
        };
    }

    @Test
    void responseSaysWhoAnswered() {
        Resolver named = new AuthoritativeResolver(shop, FallthroughZones.NONE, NOBODY, "file");
        for (String qname : List.of("web", "none", "partner", "a.sub")) {
            assertThat(response(named.resolve(query(qname + ".shop.example"))).answeredBy())
                    .isEqualTo("file");
        }
    }

    @Test
    void recordsAreNotRotatableUnlessALayerSaysSo() {
        assertThat(response(engine().resolve(answerable())).rotatable()).isFalse();
    }
}
