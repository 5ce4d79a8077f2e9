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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private final Ticker ticker;
    private final List<Consolidation> consolidations = new CopyOnWriteArrayList<>();
    private volatile boolean stackTraces;

    ErrorLog(Ticker ticker) {
        this.ticker = ticker;
        this.budget = new LogBudget(ticker);
    }

    /** Says errors as one; of several rules the first that fits counts. */
    void consolidate(Consolidation.Rule rule) {
        consolidations.add(new Consolidation(rule, ticker));
    }

    /** Writes the stack of what a resolver throws. */
    void writeStackTraces() {
        stackTraces = true;
    }

    /** Says what was counted in periods that are over. */
    void tellCounts() {
        for (Consolidation each : consolidations) {
            String summary = each.summary();
            if (!summary.isEmpty()) {
                LOG.log(each.level(), summary);
            }
        }
    }

    @Override
    public Resolver over(Resolver next) {
        return query -> next.resolve(query).map(response -> seen(query, response));
    }

    private Response seen(Query query, Response response) {
        if (response.rcode() == Rcode.SERVFAIL) {
            log(response.rcode(), query, reason(response), null);
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
        log(Rcode.SERVFAIL, query, cause.toString(), stackTraces ? cause : null);
    }

    private void log(int rcode, Query query, String message, @Nullable Throwable thrown) {
        for (Consolidation each : consolidations) {
            if (each.fits(message)) {
                if (each.count()) {
                    say(each.level(), rcode, query, message, thrown);
                }
                return;
            }
        }
        say(Level.ERROR, rcode, query, message, thrown);
    }

    private void say(Level level, int rcode, Query query, String message, @Nullable Throwable thrown) {
        long leftOut = budget.take();
        if (leftOut < 0) {
            return;
        }
        if (leftOut > 0) {
            LOG.log(Level.ERROR, () -> leftOut + " more failed and were not logged");
        }
        LOG.log(
                level,
                () -> rcode + " " + lower(query.qname()) + " " + Type.string(query.qtype()) + ": " + message,
                thrown);
    }

    /** As CoreDNS writes names; dnsjava has escaped what a terminal would obey. */
    private static String lower(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
