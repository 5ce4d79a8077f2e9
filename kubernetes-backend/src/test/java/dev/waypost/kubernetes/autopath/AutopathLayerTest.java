package dev.waypost.kubernetes.autopath;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("autopath with the search list of a resolv.conf")
class AutopathLayerTest implements LayerContract {
    private static final List<Name> SEARCH =
            List.of(Zones.name("one.example"), Zones.name("two.example"), Zones.name("three.example"));

    private final Map<Name, Resolution> replies = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicInteger found = new AtomicInteger();
    private Resolver resolver = query -> Fallthrough.FALLTHROUGH;

    @Override
    public Layer layer() {
        return new AutopathLayer(List.of(Name.root), new FixedPath(SEARCH), found::incrementAndGet);
    }

    @BeforeEach
    void put() {
        resolver = layer().over(query -> {
            asked.add(query.qname().toString());
            return replies.getOrDefault(query.qname(), Response.empty(Rcode.NXDOMAIN, Freshness.always()));
        });
    }

    private void reply(String name, Resolution reply) {
        replies.put(Zones.name(name), reply);
    }

    private static Response address(String owner, int ttl) {
        return Response.answer(
                Freshness.always(),
                RecordSet.ofRdata(Zones.name(owner), Type.A, ttl, List.of(new byte[] {(byte) 192, 0, 2, 1})));
    }

    private Resolution ask(String qname) {
        return resolver.resolve(Query.of(Zones.name(qname), Type.A));
    }

    @Test
    void theFirstNameThatExistsAnswersBehindAnAliasWithItsTtl() {
        reply("web.three.example", address("web.three.example", 17));
        assertThat(ask("web.one.example"))
                .isAuthoritative()
                .answers("web.one.example. 17 CNAME web.three.example.", "web.three.example. 17 A 192.0.2.1");
        assertThat(asked).containsExactly("web.one.example.", "web.two.example.", "web.three.example.");
        assertThat(found).hasValue(1);
    }

    @Test
    void theNameByItselfComesLast() {
        reply("www.example.com", address("www.example.com", 300));
        assertThat(ask("www.example.com.one.example"))
                .answers("www.example.com.one.example. 300 CNAME www.example.com.", "www.example.com. 300 A 192.0.2.1");
        assertThat(asked).hasSize(4).last().isEqualTo("www.example.com.");
    }

    @Test
    void aNameThatExistsUnderTheFirstElementIsAnsweredAsItIs() {
        Response reply = address("web.one.example", 5);
        reply("web.one.example", reply);
        assertThat(ask("web.one.example")).isSameAs(reply);
        assertThat(found).hasValue(0);
    }

    @Test
    void aNameWithoutTheTypeEndsTheWalkAndGetsNoAlias() {
        reply("web.two.example", Response.empty(Rcode.NOERROR, Freshness.always()));
        reply("web.three.example", address("web.three.example", 5));
        assertThat(ask("web.one.example")).answers();
        assertThat(asked).containsExactly("web.one.example.", "web.two.example.");
    }

    @Test
    void whereNothingExistsTheFirstReplyIsGiven() {
        reply(
                "web.one.example",
                Response.empty(Rcode.NXDOMAIN, Freshness.always()).withAnsweredBy("first"));
        Response reply = (Response) ask("web.one.example");
        assertThat(reply.answeredBy()).isEqualTo("first");
        assertThat(asked).hasSize(4);
        assertThat(found).hasValue(0);
    }

    @Test
    void otherNamesAreAskedOnceOnly() {
        for (String name : List.of("web.two.example", "one.example", "example", "web.none.example")) {
            asked.clear();
            assertThat(ask(name)).hasRcode(Rcode.NXDOMAIN);
            assertThat(asked).containsExactly(name + ".");
        }
    }

    @Test
    void aliasTargetsAreAbsoluteAndNotSearched() {
        reply("web.two.example", address("web.two.example", 5));
        Query followed = Query.of(Zones.name("alias.example"), Type.A).following(Zones.name("web.one.example"));
        assertThat(resolver.resolve(followed)).hasRcode(Rcode.NXDOMAIN);
    }

    @Test
    void refusalsAndFallthroughsGiveTheTurnToTheNextName() {
        reply("web.one.example", Response.failure(Rcode.REFUSED));
        reply("web.two.example", Fallthrough.FALLTHROUGH);
        reply("web.three.example", address("web.three.example", 5));
        assertThat(ask("web.one.example")).hasRcode(Rcode.NOERROR);
    }

    @Test
    void whereEverythingFallsThroughTheLayerDoesToo() {
        for (String name : List.of("web.one.example", "web.two.example", "web.three.example", "web")) {
            reply(name, Fallthrough.FALLTHROUGH);
        }
        assertFallsThrough(ask("web.one.example"));
    }

    @Test
    void aNameThatCannotBeToldLetsNoLaterNameStandInForIt() {
        reply("web.two.example", Response.failure(Rcode.SERVFAIL));
        reply("web.three.example", address("web.three.example", 5));
        assertThat(ask("web.one.example")).hasRcode(Rcode.NXDOMAIN).holdsNoMore();
        assertThat(asked).hasSize(2);
        reply("web.one.example", Response.failure(Rcode.SERVFAIL));
        asked.clear();
        assertThat(ask("web.one.example")).hasRcode(Rcode.SERVFAIL);
        assertThat(asked).hasSize(1);
    }

    @Test
    void lateRepliesAreWalkedThroughWithoutWaiting() {
        CompletableFuture<Resolution> second = new CompletableFuture<>();
        CompletableFuture<Resolution> third = new CompletableFuture<>();
        reply("web.two.example", Pending.on(second));
        reply("web.three.example", Pending.on(third));
        Resolution reply = ask("web.one.example");
        assertThat(asked).hasSize(2);
        second.complete(Response.empty(Rcode.NXDOMAIN, Freshness.always()));
        assertThat(asked).hasSize(3);
        third.complete(address("web.three.example", 17));
        assertThat(reply).answers("web.one.example. 17 CNAME web.three.example.", "web.three.example. 17 A 192.0.2.1");
    }

    @Test
    void aNameThatAppearsEarlierInTheListEndsTheAnswer() {
        Witness second = new Witness();
        reply("web.two.example", Response.empty(Rcode.NXDOMAIN, second));
        reply("web.three.example", address("web.three.example", 5));
        Response reply = (Response) ask("web.one.example");
        assertThat(reply).holds();
        second.breakNow();
        assertThat(reply).holdsNoMore();
    }

    @Test
    void whereNothingExistsANewNameAnywhereEndsTheAnswer() {
        Witness last = new Witness();
        reply("web", Response.empty(Rcode.NXDOMAIN, last));
        Response reply = (Response) ask("web.one.example");
        assertThat(reply).holds();
        last.breakNow();
        assertThat(reply).holdsNoMore();
    }

    @Test
    void theOldestSourceTellsTheAge() {
        Staleness old = Staleness.since(-5);
        reply(
                "web.two.example",
                Response.empty(Rcode.NXDOMAIN, Freshness.always()).withStaleness(old));
        reply("web.three.example", address("web.three.example", 5));
        assertThat(((Response) ask("web.one.example")).staleness()).isEqualTo(old);
    }

    @Test
    void anElementThatMakesTheNameTooLongIsPassedOver() {
        String label = "x".repeat(63);
        List<Name> path =
                List.of(Zones.name("a"), Zones.name(label + "." + label + "." + label), Zones.name("b.example"));
        List<Name> names = SearchPaths.namesBehindTheFirst(Zones.name(label + ".a"), path);
        assertThat(names).containsExactly(Zones.name(label + ".b.example"), Zones.name(label));
    }

    @Test
    void theQuestionsSpellingIsKept() {
        reply("web.two.example", address("web.two.example", 5));
        Response reply = (Response) ask("WEB.One.example");
        assertThat(reply.answer().get(0).owner()).hasToString("WEB.One.example.");
        assertThat(asked).containsExactly("WEB.One.example.", "WEB.two.example.");
    }

    @Test
    void onlyItsZonesAreActedIn() {
        reply("web.two.example", address("web.two.example", 5));
        Resolver elsewhere = new AutopathLayer(List.of(Zones.name("example.org")), new FixedPath(SEARCH), () -> {})
                .over(query -> replies.getOrDefault(query.qname(), Fallthrough.FALLTHROUGH));
        assertFallsThrough(elsewhere.resolve(Query.of(Zones.name("web.one.example"), Type.A)));
    }
}
