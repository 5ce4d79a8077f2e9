package dev.waypost.socket.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.socket.ListenerSettings;
import dev.waypost.socket.ServerOptions;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** {@code timeouts { read DURATION; write DURATION; idle DURATION; maxtcpqueries MAXIMUM }}: for TCP and TLS connections. */
public final class TimeoutsDirective implements DirectiveFactory {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(24);
    private static final String UNLIMITED = "-1";

    /** For {@link java.util.ServiceLoader}. */
    public TimeoutsDirective() {}

    @Override
    public String name() {
        return "timeouts";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        if (directive.block().isEmpty()) {
            throw directive.keyword().fault("'timeouts' wants read, write, idle or maxtcpqueries, found nothing");
        }
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            block.attach(ListenerSettings.later(block::listenPoints, change(directive, option)));
        }
    }

    private static UnaryOperator<ServerOptions> change(Statement directive, Statement option) {
        if (option.name().equals("maxtcpqueries")) {
            int queries = queries(option);
            return options -> options.withCloseAfterQueries(queries);
        }
        Duration time = time(option);
        return switch (option.name()) {
            case "read" ->
                options -> options.withConnectionTimeouts(time, options.writeTimeout(), options.idleTimeout());
            case "write" ->
                options -> options.withConnectionTimeouts(options.readTimeout(), time, options.idleTimeout());
            case "idle" ->
                options -> options.withConnectionTimeouts(options.readTimeout(), options.writeTimeout(), time);
            default -> throw option.unknownIn(directive);
        };
    }

    private static int queries(Statement option) {
        Token maximum = option.onlyArgument("a number of queries, or -1 for any number");
        return maximum.text().equals(UNLIMITED) ? 0 : maximum.number("maxtcpqueries", 1, Integer.MAX_VALUE);
    }

    /** A duration, or a number of seconds as CoreDNS takes it. */
    private static Duration time(Statement option) {
        Token written = option.onlyArgument("a duration as 5s");
        Duration time = written.text().matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(written.text()))
                : written.duration(option.name());
        if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
            throw written.unexpected(option.name(), "a duration 1s..24h");
        }
        return time;
    }
}
