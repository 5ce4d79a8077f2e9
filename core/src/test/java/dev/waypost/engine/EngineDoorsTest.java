package dev.waypost.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.ListenPoint;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.wire.ReplyPath;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class EngineDoorsTest {
    private static final Name EXAMPLE = Name.fromConstantString("example.");

    @Test
    void everyDoorKeepsItsResponderAcrossPlans() {
        ListenPoint point = ListenPoint.dns(53);
        try (DnsEngine engine = DnsEngine.of(plan("192.0.2.1")).start()) {
            var before = engine.wire(point);
            engine.replace(plan("192.0.2.2"));
            assertThat(engine.wire(point)).isSameAs(before);
        }
    }

    @Test
    void anAliasLeadsOnBehindTheDoorThatTheQueryCameThrough() throws Exception {
        ListenPoint inside = ListenPoint.dns(53);
        ListenPoint outside = ListenPoint.dns(54);
        EnginePlan.Builder plan = EnginePlan.builder();
        Name target = Name.fromConstantString("target.example.");
        Resolver alias = query -> plan.engine().resolve(query.following(target));
        plan.zone(new ZonePlan(EXAMPLE, List.of(inside), answering("192.0.2.1"), List.of()))
                .zone(new ZonePlan(EXAMPLE, List.of(outside), answering("198.51.100.2"), List.of()))
                .zone(new ZonePlan(Name.fromConstantString("alias."), List.of(inside, outside), alias, List.of()));
        try (DnsEngine engine = DnsEngine.of(plan.build()).start()) {
            assertThat(asked(engine, inside, "www.alias.")).isEqualTo("192.0.2.1");
            assertThat(asked(engine, outside, "www.alias.")).isEqualTo("198.51.100.2");
            assertThat(asked(engine, inside, "www.alias.")).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void aDoorThatTheNewPlanHasNothingForKeepsTheOldZonesUntilTheyAreClosed() throws Exception {
        ListenPoint old = ListenPoint.dns(53);
        EnginePlan first = EnginePlan.builder()
                .zone(new ZonePlan(EXAMPLE, List.of(old), answering("192.0.2.1"), List.of()))
                .build();
        EnginePlan second = EnginePlan.builder()
                .zone(new ZonePlan(EXAMPLE, List.of(ListenPoint.dns(54)), answering("192.0.2.2"), List.of()))
                .build();
        try (DnsEngine engine = DnsEngine.of(first).start()) {
            assertThat(asked(engine, old, "www.example.")).isEqualTo("192.0.2.1");
            engine.replace(second);
            assertThat(asked(engine, old, "www.example.")).isEqualTo("192.0.2.1");
            assertThat(asked(engine, ListenPoint.dns(54), "www.example.")).isEqualTo("192.0.2.2");
        }
    }

    /** The first address that a door answers, or its RCODE. */
    private static String asked(DnsEngine engine, ListenPoint point, String qname) throws Exception {
        Record question = Record.newRecord(Name.fromString(qname), Type.A, DClass.IN);
        byte[] query = Message.newQuery(question).toWire();
        byte[] reply = new byte[1232];
        int length = engine.wire(point).respond(query, query.length, reply, new Datagram());
        Message message = new Message(Arrays.copyOf(reply, length));
        List<Record> answer = message.getSection(Section.ANSWER);
        return answer.isEmpty()
                ? Rcode.string(message.getRcode())
                : answer.get(0).rdataToString();
    }

    private static EnginePlan plan(String address) {
        return EnginePlan.builder().zone(EXAMPLE, answering(address)).build();
    }

    /** Answers every A query with one address, and any other with NODATA. */
    private static Resolver answering(String address) {
        byte[] octets = new byte[4];
        String[] parts = address.split("\\.");
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return query -> query.qtype() == Type.A
                ? Response.answer(Freshness.always(), RecordSet.ofRdata(query.qname(), Type.A, 30, List.of(octets)))
                : Response.empty(Rcode.NOERROR, Freshness.always());
    }

    private record Datagram() implements ReplyPath {
        @Override
        public Client client() {
            return new Client(InetAddress.getLoopbackAddress(), 40_000, Transport.UDP);
        }

        @Override
        public void send(byte[] reply) {
            throw new AssertionError("nothing here answers later");
        }
    }
}
