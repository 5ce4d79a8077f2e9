package dev.waypost.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.EdnsOption;
import dev.waypost.Envelope;
import dev.waypost.Exchange;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.QueryObserver;
import dev.waypost.Response;
import dev.waypost.testing.WireMessages;
import dev.waypost.testing.WireProbe;
import dev.waypost.testing.WireRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class EnvelopeTest {
    private static final EdnsOption NSID = new EdnsOption(3, "a.example".getBytes(StandardCharsets.US_ASCII));
    private static final Response MANY = Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 40));

    private static Response in(Envelope envelope) {
        return Response.answer(Freshness.always(), WireRecords.addresses("www.example.", 1))
                .withEnvelope(envelope);
    }

    private static WireMessages query() {
        return WireMessages.query("www.example.", Type.A);
    }

    @Test
    void silenceSendsNothing() {
        List<Exchange> seen = new ArrayList<>();
        WireProbe probe = WireProbe.imaging(64, query -> Response.silence(), seen::add);

        assertThat(probe.udp(query().bytes())).isEqualTo(WireProbe.NOTHING);
        assertThat(probe.tcp(query().bytes())).isEqualTo(WireProbe.NOTHING);
        assertThat(probe.lastResult()).isEqualTo(WireResponder.SILENCE);
        assertThat(seen).isEmpty();
    }

    @Test
    void silenceThatComesLaterIsToldToThePath() {
        CompletableFuture<Response> later = new CompletableFuture<>();
        WireProbe probe = WireProbe.over(query -> Pending.on(later));

        assertThat(probe.udp(query().bytes())).isEqualTo(WireProbe.NOTHING);
        later.complete(Response.silence());

        assertThat(probe.dropped()).isEqualTo(1);
        assertThat(probe.sent()).isEmpty();
    }

    @Test
    void datagramsStayBelowTheEnvelopesSize() {
        WireProbe probe = WireProbe.over(query -> MANY.withEnvelope(Envelope.PLAIN.withDatagramOctets(600)));
        byte[] query = query().opt(1232).bytes();

        assertThat(probe.udp(query)).hasSizeLessThanOrEqualTo(600);
        assertThat(probe.udpMessage(query).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(probe.tcpMessage(query).getSection(Section.ANSWER)).hasSize(40);
    }

    @Test
    void anEnvelopeNeverMakesDatagramsLarger() {
        WireProbe probe = WireProbe.over(query -> MANY.withEnvelope(Envelope.PLAIN.withDatagramOctets(4096)));

        assertThat(probe.udp(query().opt(600).bytes())).hasSizeLessThanOrEqualTo(600);
        assertThat(Envelope.PLAIN
                        .withDatagramOctets(600)
                        .withDatagramOctets(1232)
                        .datagramOctets())
                .isEqualTo(600);
    }

    @Test
    void recursionDesiredIsTheQuerysOwnUnlessTheEnvelopeSaysOtherwise() {
        byte[] desired = query().flags(WireMessages.RD).bytes();
        byte[] undesired = query().flags(0).bytes();
        WireProbe set = WireProbe.over(query -> in(Envelope.PLAIN.withRecursionDesired(true)));
        WireProbe clear = WireProbe.over(query -> in(Envelope.PLAIN.withRecursionDesired(false)));
        WireProbe plain = WireProbe.over(query -> in(Envelope.PLAIN));

        assertThat(set.udpMessage(undesired).getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(clear.udpMessage(desired).getHeader().getFlag(Flags.RD)).isFalse();
        assertThat(plain.udpMessage(desired).getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(plain.udpMessage(undesired).getHeader().getFlag(Flags.RD)).isFalse();
    }

    private static List<Integer> optionCodes(Message reply) {
        return reply.getOPT().getOptions().stream().map(EDNSOption::getCode).toList();
    }

    @Test
    void optionsAreToldToClientsThatSentEdns() {
        WireProbe probe = WireProbe.over(query -> in(Envelope.PLAIN.withOptions(List.of(NSID))));

        Message reply = probe.udpMessage(query().opt(1232).bytes());
        assertThat(optionCodes(reply)).containsExactly(3);
        assertThat(reply.getOPT().getOptions().get(0).toWire()).endsWith(NSID.content());
        assertThat(probe.udpMessage(query().bytes()).getOPT()).isNull();
    }

    @Test
    void optionsThatDoNotFitAreLeftOutWhole() {
        EdnsOption large = new EdnsOption(65001, new byte[1200]);
        WireProbe probe = WireProbe.over(query -> in(Envelope.PLAIN.withOptions(List.of(large, NSID))));

        assertThat(optionCodes(probe.udpMessage(query().opt(1232).bytes()))).containsExactly(3);
        assertThat(optionCodes(probe.tcpMessage(query().opt(1232).bytes()))).containsExactly(65001, 3);
    }

    @Test
    void optionsComeLaterToo() {
        CompletableFuture<Response> later = new CompletableFuture<>();
        WireProbe probe = WireProbe.over(query -> Pending.on(later));
        probe.udp(query().opt(1232).bytes());
        later.complete(in(Envelope.PLAIN.withOptions(List.of(NSID))));

        assertThat(optionCodes(WireProbe.parsed(probe.sent().get(0)))).containsExactly(3);
    }

    @Test
    void labelsAreToldToObserversOfTheReplyAndNotOfReplays() {
        List<Exchange> seen = new ArrayList<>();
        QueryObserver observer = seen::add;
        Map<String, String> labels = Map.of("forward/upstream", "192.0.2.1:53");
        WireProbe probe = WireProbe.imaging(64, query -> in(Envelope.PLAIN.withLabels(labels)), observer);

        probe.udp(query().bytes());
        probe.udp(query().bytes());

        assertThat(seen).extracting(Exchange::replayed).containsExactly(false, true);
        assertThat(seen).extracting(Exchange::labels).containsExactly(labels, Map.of());
    }
}
