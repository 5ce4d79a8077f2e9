package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import dev.waypost.QueryObserver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.zone.LocalNames;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** {@code local { localhost_prefix on|off }}: names that belong to the host that asks. */
public final class LocalDirective implements DirectiveFactory {
    private static final String NAME = "local";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        boolean prefix = true;
        for (Statement option : directive.block()) {
            if (!option.name().equals("localhost_prefix")) {
                throw option.unknownIn(directive);
            }
            option.wantNoBlock();
            prefix = isOn(option.onlyArgument("on or off"));
        }
        block.resolver(new LocalNames(prefix));
        block.observer(new Count(DirectiveCounters.of(block)
                .counter(
                        "coredns_local_localhost_requests_total",
                        "Queries for names below localhost, or made of localhost by a search list.",
                        Map.of())));
    }

    private static boolean isOn(Token token) {
        return switch (token.text()) {
            case "on" -> true;
            case "off" -> false;
            default -> throw token.unexpected("localhost_prefix", "on or off");
        };
    }

    /** Counts replies, replayed ones too. */
    private record Count(LongAdder count) implements QueryObserver {
        @Override
        public void replied(Exchange exchange) {
            boolean counted = LocalNames.isBelowLocalhost(exchange.qname()) || LocalNames.isPrefixed(exchange.qname());
            if (counted && exchange.answeredBy().equals(NAME)) {
                count.increment();
            }
        }
    }
}
