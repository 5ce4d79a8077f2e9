package dev.waypost.socket;

import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.util.List;
import java.util.function.Function;

/** Reads what {@code health}, {@code ready} and {@code prometheus} have in common: one optional address. */
final class EndpointArguments {
    private EndpointArguments() {}

    /**
     * The endpoint at the address that a directive names.
     *
     * @param fallback the address where it names none
     * @param at makes the endpoint, or throws IllegalArgumentException for an address that cannot be read
     */
    static HttpEndpoint endpoint(Statement directive, String fallback, Function<String, HttpEndpoint> at) {
        List<Token> arguments = directive.arguments();
        if (arguments.isEmpty()) {
            return at.apply(fallback);
        }
        Token address = directive.onlyArgument("one address");
        try {
            return at.apply(address.text());
        } catch (IllegalArgumentException unreadable) {
            throw address.fault("'" + directive.name() + "' " + unreadable.getMessage());
        }
    }

    /** Refuses an option. */
    static RuntimeException unknown(Statement directive, Statement option, String wanted) {
        return option.keyword().unexpected(directive.name(), wanted);
    }
}
