package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ObserverTest {
    private final List<Exchange> seen = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final QueryObserver observer = new QueryObserver() {
        @Override
        public void replied(Exchange exchange) {
            seen.add(exchange);
        }

        @Override
        public void failed(Query query, Throwable cause) {
            failures.add(cause);
        }
    };

    @Test
    void rendersAndReplaysAreSeenAlike() {
        Response response = Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 2))
                .withAnsweredBy("kubernetes");
        WireProbe probe = WireProbe.imaging(64, query -> response, observer);
        byte[] query = WireMessages.query("www.example.", Type.A)
                .opt(4096, 0, WireMessages.DO)
                .bytes();

        probe.udp(query);
        query[1] = 99;
        probe.udp(query);

        Exchange rendered = seen.get(0);
        assertThat(rendered.server()).isEqualTo("dns://:53");
        assertThat(rendered.zone()).isEqualTo("example.");
        assertThat(rendered.client().transport()).isEqualTo(Transport.UDP);
        assertThat(rendered.client().port()).isEqualTo(40000);
        assertThat(rendered.id()).isEqualTo(0x1234);
        assertThat(rendered.opcode()).isEqualTo(Opcode.QUERY);
        assertThat(rendered.qname()).hasToString("www.example.");
        assertThat(rendered.qtype()).isEqualTo(Type.A);
        assertThat(rendered.qclass()).isEqualTo(1);
        assertThat(rendered.dnssecOk()).isTrue();
        assertThat(rendered.udpPayloadSize()).isEqualTo(4096);
        assertThat(rendered.querySize()).isEqualTo(query.length);
        assertThat(rendered.replySize()).isEqualTo(query.length + 32);
        assertThat(rendered.replyFlags()).isEqualTo(WireMessages.QR | WireMessages.AA | WireMessages.RD);
        assertThat(rendered.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(rendered.answerRecords()).isEqualTo(2);
        assertThat(rendered.answeredBy()).isEqualTo("kubernetes");
        assertThat(rendered.replayed()).isFalse();

        Exchange replayed = seen.get(1);
        assertThat(replayed.replayed()).isTrue();
        assertThat(replayed.id()).isEqualTo(0x1263);
        assertThat(replayed)
                .usingRecursiveComparison()
                .ignoringFields("id", "replayed", "durationNanos")
                .isEqualTo(rendered);
    }

    @Test
    void faultsAreSeenWithTheQuestionAsFarAsItWasRead() {
        WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.NXDOMAIN), observer);

        probe.udp(WireMessages.query("www.example.", Type.A).opt(1232, 1, 0).bytes());
        probe.udp(WireMessages.header().bytes());
        probe.udp(new byte[3]);

        assertThat(seen).extracting(Exchange::rcode).containsExactly(Rcode.BADVERS, Rcode.FORMERR);
        assertThat(seen).extracting(Exchange::zone).containsExactly("example.", "dropped");
        assertThat(seen.get(1).qname()).hasToString(".");
        assertThat(seen.get(1).qtype()).isZero();
    }

    @Test
    void rcodeIsTheOneThatWasSent() {
        WireProbe probe = WireProbe.over(query -> Response.failure(Rcode.BADCOOKIE), observer);

        probe.udp(WireMessages.query("www.example.", Type.A).bytes());
        probe.udp(WireMessages.query("www.example.", Type.A).opt(1232).bytes());

        assertThat(seen).extracting(Exchange::rcode).containsExactly(Rcode.SERVFAIL, Rcode.BADCOOKIE);
    }

    @Test
    void exceptionOfAnObserverIsSwallowed() {
        QueryObserver broken = exchange -> {
            throw new IllegalStateException("planned");
        };
        WireProbe probe =
                WireProbe.imaging(64, query -> Response.empty(Rcode.NXDOMAIN, Freshness.always()), broken, observer);
        byte[] query = WireMessages.query("www.example.", Type.A).bytes();

        assertThat(probe.udp(query)).isEqualTo(probe.udp(query)).isNotEmpty();
        assertThat(seen).hasSize(2);
    }

    @Test
    void resolverThatThrowsIsServFailAndTold() {
        IllegalStateException planned = new IllegalStateException("planned");
        WireProbe probe = WireProbe.over(
                query -> {
                    throw planned;
                },
                observer);

        assertThat(probe.udpMessage(WireMessages.query("www.example.", Type.A).bytes())
                        .getRcode())
                .isEqualTo(Rcode.SERVFAIL);
        assertThat(failures).containsExactly(planned);
        assertThat(seen).extracting(Exchange::rcode).containsExactly(Rcode.SERVFAIL);
    }

    @Test
    @SuppressWarnings("NullAway") // what the contract of Resolver forbids
    void resolverThatGivesNullIsServFailAndTold() {
        WireProbe probe = WireProbe.over(query -> null, observer);

        assertThat(probe.udpMessage(WireMessages.query("www.example.", Type.A).bytes())
                        .getRcode())
                .isEqualTo(Rcode.SERVFAIL);
        assertThat(failures).hasSize(1);
    }
}
