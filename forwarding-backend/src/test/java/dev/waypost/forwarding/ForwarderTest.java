package dev.waypost.forwarding;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.forwarding.testing.Questions;
import dev.waypost.forwarding.testing.Replies;
import dev.waypost.forwarding.testing.ScriptedUpstream;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.ResolverContract;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ForwarderTest implements ResolverContract {
    private final ScriptedUpstream upstream = ScriptedUpstream.running((query, line) -> line.send(
            query.qtype() == Type.A
                    ? Replies.answer(query, query.qname() + " 300 A 192.0.2.1").toWire()
                    : Replies.reply(query, Rcode.NOERROR).toWire()));
    private final Forwarder forwarder = Forwarder.builder()
            .upstream(upstream.address())
            .from(Zones.name("example."))
            .except(Zones.name("inside.example."))
            .ticker(new FakeTicker())
            .build();

    ForwarderTest() {
        forwarder.start();
    }

    @AfterEach
    void close() {
        forwarder.close();
        upstream.close();
    }

    @Override
    public Resolver resolver() {
        return forwarder;
    }

    @Override
    public Query answerable() {
        return Questions.a("www.example.");
    }

    @Test
    void answerIsNotAuthoritativeAndMayBeKeptByACache() {
        Response response = DnsAssertions.response(forwarder.resolve(answerable()));
        assertThat(response).answers("www.example. 300 A 192.0.2.1").isNotAuthoritative();
        assertThat(response.recursionAvailable()).isTrue();
        assertThat(response.freshness().isUncached()).isTrue();
        assertThat(response.answeredBy()).isEqualTo("forward");
    }

    @Test
    void answerHasTheClientsLetters() {
        assertThat(forwarder.resolve(Questions.a("WwW.eXample."))).answers("WwW.eXample. 300 A 192.0.2.1");
    }

    @Test
    void queryGoesUpstreamInLowerCaseWithOurOwnSizeAndRd() {
        DnsAssertions.response(forwarder.resolve(Questions.a("WWW.example.")));
        assertThat(upstream.received()).singleElement().satisfies(query -> {
            assertThat(query.qname()).isEqualTo("www.example.");
            assertThat(query.message().getOPT().getPayloadSize()).isEqualTo(1232);
            assertThat(query.message().getHeader().getFlag(org.xbill.DNS.Flags.RD))
                    .isTrue();
        });
    }

    @Test
    void nameOutsideOfFromFallsThrough() {
        assertFallsThrough(forwarder.resolve(Questions.a("www.example.org.")));
    }

    @Test
    void exceptedNameFallsThrough() {
        assertFallsThrough(forwarder.resolve(Questions.a("www.inside.example.")));
    }

    @Test
    void forwarderWithoutUpstreamIsRefused() {
        assertThatThrownBy(() -> Forwarder.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..15 upstreams, found 0");
    }

    @Test
    void zoneTransferIsRefusedHere() {
        assertThat(forwarder.resolve(answerable().withQtype(Type.AXFR))).hasRcode(Rcode.REFUSED);
        assertThat(upstream.received()).isEmpty();
    }
}
