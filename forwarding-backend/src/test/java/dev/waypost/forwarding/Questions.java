package dev.waypost.forwarding;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Query;
import dev.waypost.Ticker;
import dev.waypost.Transport;
import dev.waypost.testing.Zones;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.Type;

/** Queries for tests. */
final class Questions {
    private Questions() {}

    static Query a(String qname) {
        return Query.of(Zones.name(qname), Type.A);
    }

    static Query within(Query query, Duration patience) {
        return query.withDeadline(Ticker.SYSTEM.nanoTime() + patience.toNanos());
    }

    static Query dnssec(Query query) {
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

    static Query checkingDisabled(Query query) {
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
    static Query from(String address, Query query) {
        Client client = new Client(AddressLiteral.address(address).orElseThrow(), 40_000, Transport.UDP);
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
    static UpstreamQuery upstream(Question question, int id) {
        return UpstreamQuery.of(question, QueryForm.USUAL, id, new Random(id));
    }
}
