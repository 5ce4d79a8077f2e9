package dev.waypost.socket;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;

/**
 * {@code ready [ADDRESS] { monitor until-ready|continuously }}: {@code /ready} over HTTP, by default on {@code :8181}.
 */
public final class ReadyDirective implements DirectiveFactory {
    private static final String ADDRESS = ":8181";

    /** For {@link java.util.ServiceLoader}. */
    public ReadyDirective() {}

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        boolean continuously = continuously(directive);
        block.attach(
                EndpointArguments.endpoint(directive, ADDRESS, address -> HttpEndpoint.ready(address, continuously)));
    }

    private static boolean continuously(Statement directive) {
        boolean continuously = false;
        for (Statement option : directive.block()) {
            if (!option.name().equals("monitor")) {
                throw EndpointArguments.unknown(directive, option, "the option monitor");
            }
            option.wantNoBlock();
            Token how = option.onlyArgument("until-ready or continuously");
            continuously = switch (how.text()) {
                case "until-ready" -> false;
                case "continuously" -> true;
                default -> throw how.unexpected("monitor", "until-ready or continuously");
            };
        }
        return continuously;
    }
}
