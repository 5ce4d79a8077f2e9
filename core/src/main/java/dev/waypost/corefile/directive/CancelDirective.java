package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.QueryDeadline;
import java.time.Duration;

/** {@code cancel [TIMEOUT]}: how long a query may take. */
public final class CancelDirective implements DirectiveFactory {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(5001); // CoreDNS's

    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        Duration timeout = DEFAULT_TIMEOUT;
        if (!directive.arguments().isEmpty()) {
            Token token = directive.onlyArgument("a duration");
            timeout = token.duration("cancel");
            if (timeout.isZero()) {
                throw token.unexpected("cancel", "a duration above 0");
            }
        }
        block.layer(new QueryDeadline(timeout, block.ticker()));
    }
}
