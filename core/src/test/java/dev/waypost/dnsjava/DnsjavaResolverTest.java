package dev.waypost.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Edns;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;

class DnsjavaResolverTest {
    private static final Resolver ZONE = new AuthoritativeResolver(
            Zones.zone("example.org", "www A 192.0.2.1", "www A 192.0.2.2", "alias CNAME www", "@ MX 10 mail"),
            FallthroughZones.NONE,
            query -> Fallthrough.FALLTHROUGH);

    private static Message message(String qname, int qtype) {
        return Message.newQuery(Record.newRecord(Zones.name(qname), qtype, DClass.IN));
    }

    private static LookupSession session(Resolver resolver) {
        return LookupSession.builder().resolver(new DnsjavaResolver(resolver)).build();
    }

    @Test
    void lookupSessionFindsRecordsThroughAliases() {
        assertThat(session(ZONE)
                        .lookupAsync(Zones.name("alias.example.org"), Type.A)
                        .toCompletableFuture()
                        .join()
                        .getRecords())
                .extracting(Record::rdataToString)
                .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
    }

    @Test
    void wholeZoneIsOneMessage() throws IOException {
        StaticZone zone = Zones.zone("example.org", "www A 192.0.2.1", "www A 192.0.2.2");
        Resolver transfer = query -> Response.answer(Freshness.never(), zone.soa())
                .withZone(zone.transfer().orElseThrow().sets());
        assertThat(new DnsjavaResolver(transfer)
                        .send(message("example.org", Type.AXFR))
                        .getSection(Section.ANSWER))
                .extracting(Record::getType)
                .hasSize(5)
                .startsWith(Type.SOA)
                .endsWith(Type.SOA)
                .contains(Type.A, Type.NS);
    }

    @Test
    void lookupSessionSeesAMissingName() {
        assertThatThrownBy(() -> session(ZONE)
                        .lookupAsync(Zones.name("none.example.org"), Type.A)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NoSuchDomainException.class);
    }

    @Test
    void lookupSessionWaitsForAPendingAnswer() {
        Resolver late = query -> Pending.on(CompletableFuture.supplyAsync(() -> ZONE.resolve(query)));
        assertThat(session(late)
                        .lookupAsync(Zones.name("example.org"), Type.MX)
                        .toCompletableFuture()
                        .join()
                        .getRecords())
                .hasSize(1);
    }

    @Test
    void replyCarriesIdQuestionAndFlags() throws IOException {
        Message query = message("www.example.org", Type.A);
        query.getHeader().setFlag(Flags.CD);
        Message reply = new DnsjavaResolver(ZONE).send(query);
        assertThat(reply.getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(reply.getQuestion()).isEqualTo(query.getQuestion());
        assertThat(reply.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(reply.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(reply.getHeader().getFlag(Flags.CD)).isTrue();
        assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
        assertThat(reply.getOPT()).isNull();
        assertThat(new Message(reply.toWire()).getSection(Section.ANSWER)).hasSize(2);
    }

    @Test
    void ednsGoesBothWays() throws IOException {
        AtomicReference<Query> seen = new AtomicReference<>();
        Resolver failing = query -> {
            seen.set(query);
            return Response.failure(Rcode.BADVERS, ExtendedError.NOT_READY, "not yet");
        };
        Message query = message("www.example.org", Type.A);
        query.addRecord(new OPTRecord(4096, 0, 0, 0x8000), Section.ADDITIONAL);
        Message reply = new DnsjavaResolver(failing).send(query);
        Edns edns = seen.get().edns();
        assertThat(edns.present()).isTrue();
        assertThat(edns.udpPayloadSize()).isEqualTo(4096);
        assertThat(edns.dnssecOk()).isTrue();
        assertThat(reply.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(reply.getOPT().getOptions())
                .singleElement()
                .isInstanceOfSatisfying(
                        ExtendedErrorCodeOption.class,
                        option -> assertThat(option.getErrorCode()).isEqualTo(ExtendedError.NOT_READY));
    }

    @Test
    void oddMessagesAreAnsweredWithAnError() throws IOException {
        DnsjavaResolver resolver = new DnsjavaResolver(ZONE);
        assertThat(resolver.send(new Message(7)).getRcode()).isEqualTo(Rcode.FORMERR);
        Message notify = message("example.org", Type.SOA);
        notify.getHeader().setOpcode(Opcode.NOTIFY);
        assertThat(resolver.send(notify).getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(resolver.send(message("example.net", Type.A)).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void answerThatNeverComesIsAnIoException() {
        DnsjavaResolver resolver = new DnsjavaResolver(query -> Pending.on(new CompletableFuture<>()));
        resolver.setTimeout(Duration.ofMillis(1));
        assertThatThrownBy(() -> resolver.send(message("www.example.org", Type.A)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void settingsOfPacketsDoNothing() throws IOException {
        DnsjavaResolver resolver = new DnsjavaResolver(ZONE);
        resolver.setPort(1);
        resolver.setTCP(true);
        resolver.setIgnoreTruncation(true);
        resolver.setEDNS(0);
        resolver.setTSIGKey(null);
        assertThat(resolver.send(message("www.example.org", Type.A)).getSection(Section.ANSWER))
                .hasSize(2);
    }
}
