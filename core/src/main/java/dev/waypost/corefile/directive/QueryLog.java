package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import dev.waypost.QueryObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Name;

/** Writes a line for every reply of a server block that its rules want. */
final class QueryLog implements QueryObserver {
    private static final Logger LOG = System.getLogger("dev.waypost.log");

    /** What observers are told of a query that reached no zone; it is no query of this block either. */
    private static final String NO_ZONE = "dropped";

    /**
     * Which replies are logged, and how.
     *
     * @param zones a name at or below one of them is this rule's
     * @param classes what is logged of them
     */
    record Rule(List<Name> zones, Set<ReplyClass> classes, LogFormat format) {
        Rule {
            zones = List.copyOf(zones);
            classes = Set.copyOf(classes);
        }

        boolean isFor(Name qname) {
            return zones.stream().anyMatch(qname::subdomain);
        }
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    void add(Rule rule) {
        rules.add(rule);
    }

    @Override
    public void replied(Exchange exchange) {
        if (exchange.zone().equals(NO_ZONE) || !LOG.isLoggable(Level.INFO)) {
            return;
        }
        for (Rule rule : rules) {
            if (rule.isFor(exchange.qname())) {
                // The first rule for a name decides, also that nothing is logged.
                if (rule.classes().contains(ReplyClass.of(exchange))) {
                    LOG.log(Level.INFO, rule.format().line(exchange));
                }
                return;
            }
        }
    }
}
