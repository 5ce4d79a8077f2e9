package dev.waypost.corefile.directive;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.Trail;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.xbill.DNS.Type;

/** {@code debug}: writes the steps by which each answer of the block came about; repeated answers have none. */
public final class DebugDirective implements DirectiveFactory {
    private static final Logger LOG = System.getLogger("dev.waypost.debug");

    @Override
    public String name() {
        return "debug";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        directive.wantNoBlock();
        LogBudget budget = new LogBudget(block.ticker());
        block.layer(next -> query -> told(query, next, budget, block.ticker()));
    }

    private static Resolution told(Query query, Resolver next, LogBudget budget, Ticker ticker) {
        if (!LOG.isLoggable(Level.INFO) || query.trail().isWanted() || budget.take() < 0) {
            return next.resolve(query);
        }
        Query followed = query.withTrail(Trail.begin(ticker));
        return next.resolve(followed).map(response -> told(followed, response));
    }

    private static Response told(Query query, Response response) {
        StringBuilder steps = new StringBuilder();
        query.trail()
                .steps()
                .forEach(step ->
                        steps.append("; ").append(step.part()).append(": ").append(step.what()));
        LOG.log(Level.INFO, () -> query.qname() + " " + Type.string(query.qtype()) + steps);
        return response;
    }
}
