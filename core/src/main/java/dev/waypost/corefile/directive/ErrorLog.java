package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import dev.waypost.ExtendedError;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Says why queries failed, in CoreDNS's line {@code RCODE NAME TYPE: message}.
 *
 * <p>A layer that changes nothing, since observers do not see the reason: the extended errors (RFC 8914) of a response go
 * to clients only. What a resolver throws passes layers by; that comes through the observer.
 */
final class ErrorLog implements Layer, QueryObserver {
    private static final Logger LOG = System.getLogger("dev.waypost.errors");

    private final LogBudget budget;

    ErrorLog(Ticker ticker) {
        this.budget = new LogBudget(ticker);
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(query).map(response -> seen(query, response));
    }

    private Response seen(Query query, Response response) {
        if (response.rcode() == Rcode.SERVFAIL) {
            log(response.rcode(), query, reason(response));
        }
        return response;
    }

    private static String reason(Response response) {
        String by = response.answeredBy().isEmpty() ? "" : "answered by " + response.answeredBy();
        String why = response.extendedErrors().stream()
                .map(ExtendedError::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? by.isEmpty() ? "no reason given" : by : by.isEmpty() ? why : why + " (" + by + ")";
    }

    @Override
    public void replied(Exchange exchange) {
        // A reply's reason was seen on its way through the layer.
    }

    @Override
    public void failed(Query query, Throwable cause) {
        log(Rcode.SERVFAIL, query, cause.toString());
    }

    private void log(int rcode, Query query, String message) {
        long leftOut = budget.take();
        if (leftOut < 0) {
            return;
        }
        if (leftOut > 0) {
            LOG.log(Level.ERROR, () -> leftOut + " more failed and were not logged");
        }
        LOG.log(
                Level.ERROR,
                () -> rcode + " " + lower(query.qname()) + " " + Type.string(query.qtype()) + ": " + message);
    }

    /** As CoreDNS writes names; dnsjava has escaped what a terminal would obey. */
    private static String lower(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
