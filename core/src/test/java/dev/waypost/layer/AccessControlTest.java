package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.AddressBlock;
import dev.waypost.AddressBlocks;
import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.layer.AccessRule.Action;
import dev.waypost.layer.AccessRule.Policy;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class AccessControlTest implements LayerContract {
    private static final String FRIEND = "192.0.2.1";
    private static final String STRANGER = "198.51.100.1";
    private static final AddressBlocks FRIENDS = AddressBlocks.of(List.of(AddressBlock.parse("192.0.2.0/24")));
    private static final Name ZONE = Zones.name("example.org");
    private static final Resolver NEXT = query -> Response.empty(Rcode.NOERROR, Freshness.always());

    @Override
    public Layer layer() {
        return new AccessControl(rule(new Policy(Action.BLOCK, Set.of(), FRIENDS)));
    }

    private static AccessRule rule(Policy... policies) {
        return new AccessRule(List.of(ZONE), List.of(policies));
    }

    private static Client client(String address) {
        try {
            return new Client(InetAddress.getByName(address), 40_000, Transport.UDP);
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    private static Query query(String address, String qname, int qtype) {
        return new Query(Zones.name(qname), qtype, DClass.IN, true, false, Edns.NONE, client(address), 0, List.of());
    }

    private static Query query(String address) {
        return query(address, "www.example.org", Type.A);
    }

    private static Response response(AccessControl control, Query query) {
        return DnsAssertions.response(control.over(NEXT).resolve(query));
    }

    private static AccessControl onlyFriends() {
        return new AccessControl(rule(
                new Policy(Action.ALLOW, Set.of(), FRIENDS), new Policy(Action.BLOCK, Set.of(), AddressBlocks.ALL)));
    }

    @Test
    void theFirstPolicyThatFitsDecides() {
        assertThat(response(onlyFriends(), query(FRIEND))).hasRcode(Rcode.NOERROR);
        assertThat(response(onlyFriends(), query(STRANGER)))
                .hasRcode(Rcode.REFUSED)
                .hasExtendedError(ExtendedError.BLOCKED)
                .holdsNoMore();
    }

    @Test
    void whatNoPolicyFitsIsAllowed() {
        AccessControl control = new AccessControl(rule(new Policy(Action.BLOCK, Set.of(Type.TXT), FRIENDS)));
        assertThat(response(control, query(FRIEND))).hasRcode(Rcode.NOERROR);
        assertThat(response(control, query(STRANGER, "www.example.org", Type.TXT)))
                .hasRcode(Rcode.NOERROR);
        assertThat(response(control, query(FRIEND, "www.example.net", Type.TXT)))
                .hasRcode(Rcode.NOERROR);
        assertThat(response(control, query(FRIEND, "www.example.org", Type.TXT)))
                .hasRcode(Rcode.REFUSED);
    }

    @Test
    void aRuleWithoutASayLeavesItToTheNext() {
        AccessControl control = new AccessControl(
                rule(new Policy(Action.ALLOW, Set.of(Type.A), FRIENDS)),
                rule(new Policy(Action.BLOCK, Set.of(), AddressBlocks.ALL)));
        assertThat(response(control, query(FRIEND))).hasRcode(Rcode.NOERROR);
        assertThat(response(control, query(FRIEND, "www.example.org", Type.AAAA)))
                .hasRcode(Rcode.REFUSED);
        assertThat(response(control, query(STRANGER))).hasRcode(Rcode.REFUSED);
    }

    @Test
    void aFilteredClientHearsThatThereIsNothing() {
        AccessControl control = new AccessControl(rule(new Policy(Action.FILTER, Set.of(), AddressBlocks.ALL)));
        assertThat(response(control, query(FRIEND)))
                .answers()
                .hasExtendedError(ExtendedError.FILTERED)
                .holdsNoMore();
    }

    @Test
    void aDroppedClientHearsNothing() {
        AccessControl control = new AccessControl(rule(new Policy(Action.DROP, Set.of(), AddressBlocks.ALL)));
        Response response = response(control, query(FRIEND));
        assertThat(response.envelope().silent()).isTrue();
        assertThat(response).hasRcode(Rcode.REFUSED).holdsNoMore();
    }

    private static Freshness freshness(Resolution resolution) {
        Resolution settled = DnsAssertions.settled(resolution);
        return settled instanceof Fallthrough fallthrough ? fallthrough.freshness() : ((Response) settled).freshness();
    }

    @Test
    void whatAnAllowedClientHearsIsForAllThatAreAllowedAndForNobodyElse() {
        Response now = Response.empty(Rcode.NOERROR, Freshness.always());
        for (Resolution each : List.of(
                now,
                Pending.on(CompletableFuture.supplyAsync(() -> now)),
                Fallthrough.FALLTHROUGH,
                Pending.on(CompletableFuture.supplyAsync(() -> Fallthrough.FALLTHROUGH)))) {
            Freshness freshness = freshness(onlyFriends().over(query -> each).resolve(query(FRIEND)));
            assertThat(freshness.holdsAt(0)).isTrue();
            assertThat(freshness.holdsFor(client("192.0.2.99"))).isTrue();
            assertThat(freshness.holdsFor(client(STRANGER))).isFalse();
        }
    }

    @Test
    void rulesThatDoNotLookAtTheClientKeepAnswersForAll() {
        AccessControl control = new AccessControl(rule(
                new Policy(Action.BLOCK, Set.of(Type.ANY), AddressBlocks.ALL),
                new Policy(Action.BLOCK, Set.of(Type.AXFR), FRIENDS)));
        assertThat(response(control, query(FRIEND)).freshness()).isSameAs(Freshness.always());
        assertThat(response(control, query(FRIEND, "www.example.net", Type.A)).freshness())
                .isSameAs(Freshness.always());
    }

    @Test
    void everyDecisionIsToldWithItsZone() {
        List<String> told = new ArrayList<>();
        AccessRule rule = new AccessRule(
                List.of(Zones.name("example.net"), ZONE),
                List.of(
                        new Policy(Action.ALLOW, Set.of(), FRIENDS),
                        new Policy(Action.DROP, Set.of(), AddressBlocks.ALL)));
        AccessControl control = new AccessControl(List.of(rule), (action, zone) -> told.add(action + " " + zone));
        response(control, query(FRIEND));
        response(control, query(STRANGER));
        response(control, query(STRANGER, "www.example.net", Type.A));
        response(control, query(STRANGER, "www.example.com", Type.A));
        assertThat(told).containsExactly("ALLOW example.org.", "DROP example.org.", "DROP example.net.", "ALLOW .");
    }
}
