package dev.waypost.engine;

import dev.waypost.Exchange;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import dev.waypost.wire.Route;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Opcode;

/** Tells observers of a query that came without a message. */
final class MemoryExchange {
    private static final int TOP_FLAG = 15;

    private MemoryExchange() {}

    static Response observed(Route route, Query query, Response response, long durationNanos) {
        Exchange exchange = new Exchange(
                route.server(),
                route.zone(),
                query.client(),
                0,
                Opcode.QUERY,
                query.qname(),
                query.qtype(),
                query.qclass(),
                query.edns().dnssecOk(),
                query.edns().udpPayloadSize(),
                0,
                0,
                flags(query, response),
                response.rcode(),
                response.answer().stream().mapToInt(RecordSet::size).sum(),
                response.answeredBy(),
                response.envelope().labels(),
                durationNanos,
                false);
        route.observe(exchange);
        return response;
    }

    private static int flags(Query query, Response response) {
        return bit(Flags.QR, true)
                | bit(Flags.AA, response.authoritative())
                | bit(Flags.RD, query.recursionDesired())
                | bit(Flags.RA, response.recursionAvailable())
                | bit(Flags.CD, query.checkingDisabled());
    }

    private static int bit(byte flag, boolean set) {
        return set ? 1 << (TOP_FLAG - flag) : 0;
    }
}
