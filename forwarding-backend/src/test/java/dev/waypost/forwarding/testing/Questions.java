package dev.waypost.forwarding.testing;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Query;
import dev.waypost.Ticker;
import dev.waypost.Transport;
import dev.waypost.forwarding.message.QueryForm;
import dev.waypost.forwarding.message.Question;
import dev.waypost.forwarding.message.UpstreamQuery;
import dev.waypost.testing.Zones;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.Type;

/** Queries for tests. */
public final class Questions {
    /** So only the forwarder's own bounds count, whatever its clock. */
    private static final Duration LONG = Duration.ofDays(1);

    private Questions() {}

    public static Query a(String qname) {
        return within(Query.of(Zones.name(qname), Type.A), LONG);
    }

    public static Query within(Query query, Duration patience) {
        return query.withDeadline(Ticker.SYSTEM.nanoTime() + patience.toNanos());
    }

    public static Query dnssec(Query query) {
        return new Query(
                query.qname(),
                query.qtype(),
                query.qclass(),
                true,
                query.checkingDisabled(),
                new Edns(true, 1232, true, List.of()),
                query.client(),
                query.deadlineNanos(),
                List.of());
    }

    public static Query checkingDisabled(Query query) {
        return new Query(
                query.qname(),
                query.qtype(),
                query.qclass(),
                true,
                true,
                query.edns(),
                query.client(),
                query.deadlineNanos(),
                List.of());
    }

    /** The same query of a client on the network. */
    public static Query from(String address, Query query) {
        Client client = new Client(new InetSocketAddress(address, 0).getAddress(), 40_000, Transport.UDP);
        return new Query(
                query.qname(),
                query.qtype(),
                query.qclass(),
                true,
                query.checkingDisabled(),
                query.edns(),
                client,
                query.deadlineNanos(),
                query.followed());
    }

    /** A question as it goes upstream with EDNS. */
    public static UpstreamQuery upstream(Question question, int id) {
        return UpstreamQuery.of(question, QueryForm.USUAL, id, new Random(id));
    }
}
