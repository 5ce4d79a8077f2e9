package dev.waypost.transfer;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.TransferableSource;
import dev.waypost.zone.ZoneTable;
import dev.waypost.zone.ZoneTransfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers whole-zone questions, AXFR (RFC 5936) and IXFR (RFC 1995), for the zones and clients that rules allow; all other
 * questions go on.
 *
 * <p>The rule of the nearest zone counts, by labels. An IXFR is answered with the zone's SOA alone where the client has this
 * state or a newer one, or came by datagram; otherwise as an AXFR is. Each answer is made for its client and never said
 * again. Safe for any number of threads.
 */
public final class TransferLayer implements Layer {
    private final ZoneTable<TransferRule> rules;
    private final List<? extends RecordSource> sources;

    /**
     * A layer over the given zones.
     *
     * @param rules one a zone
     * @param sources the zones; asked at each question, so that a view of a list may grow until then. One that is no {@link
     *     TransferableSource} is nobody's to have
     * @throws IllegalArgumentException for two rules of one zone
     */
    public TransferLayer(List<TransferRule> rules, List<? extends RecordSource> sources) {
        Map<Name, TransferRule> byZone = new LinkedHashMap<>();
        for (TransferRule rule : rules) {
            if (byZone.putIfAbsent(rule.zone(), rule) != null) {
                throw new IllegalArgumentException("one zone wants one transfer rule, found two for " + rule.zone());
            }
        }
        this.rules = new ZoneTable<>(byZone);
        this.sources = sources;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> {
            TransferRule rule = query.asksForTransfer() && query.qclass() == DClass.IN
                    ? rules.nearest(query.qname(), query.qtype())
                    : null;
            return rule == null ? next.resolve(query) : response(rule, query).withAnsweredBy("transfer");
        };
    }

    private Response response(TransferRule rule, Query query) {
        boolean datagram = query.client().transport().isDatagram();
        if (!rule.allows(query.client()) || datagram && query.qtype() == Type.AXFR) { // RFC 5936 section 4.2
            return Response.failure(Rcode.REFUSED, ExtendedError.PROHIBITED, "");
        }
        Optional<TransferableSource> source = source(query.qname());
        if (source.isEmpty()) {
            return Response.failure(Rcode.NOTAUTH); // RFC 5936 section 2.2.1
        }
        return source.get()
                .transfer()
                .map(zone -> isUnchanged(zone, query) || datagram ? soa(zone) : whole(zone))
                .orElseGet(() -> Response.failure(Rcode.SERVFAIL, ExtendedError.NOT_READY, ""))
                .withStaleness(source.get().standing(query.qname()).staleness());
    }

    private Optional<TransferableSource> source(Name origin) {
        return sources.stream()
                .filter(TransferableSource.class::isInstance)
                .map(TransferableSource.class::cast)
                .filter(source -> source.origin().equals(origin))
                .findFirst();
    }

    /** RFC 1995 section 2: the client's state is this one, or a newer one. */
    private static boolean isUnchanged(ZoneTransfer zone, Query query) {
        return query.qtype() == Type.IXFR
                && query.serial()
                        .filter(held -> !zone.serial().isNewerThan(held))
                        .isPresent();
    }

    private static Response soa(ZoneTransfer zone) {
        return Response.answer(Freshness.never(), zone.soa());
    }

    private static Response whole(ZoneTransfer zone) {
        return soa(zone).withZone(zone.sets());
    }
}
