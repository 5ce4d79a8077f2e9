package dev.waypost.socket.transfer;

import dev.waypost.ExtendedError;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import org.xbill.DNS.Rcode;

/**
 * Hears from primaries that a zone has changed (RFC 1996), and believes only those that the copy comes from: by their
 * address, or by the key where there is one. Whoever says it, the copy changes only by what a primary then tells.
 */
final class SecondaryListener implements Layer {
    private final List<SecondaryZones> copies;

    /**
     * @param copies asked at each word, so that a view of a list may grow until then
     */
    SecondaryListener(List<SecondaryZones> copies) {
        this.copies = copies;
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> copies.stream()
                .flatMap(each -> each.copy(query.qname()).stream())
                .findFirst()
                .map(copy -> heard(copy, query))
                .orElseGet(() -> Response.failure(Rcode.NOTAUTH));
    }

    private static Response heard(ZoneRefresh copy, Query query) {
        if (!copy.believes(query.client())) {
            return Response.failure(Rcode.REFUSED, ExtendedError.PROHIBITED, "");
        }
        copy.hear(query.serial());
        return Response.answer(Freshness.never()).withAnsweredBy("secondary");
    }
}
