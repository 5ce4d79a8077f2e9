package dev.waypost.socket;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import java.time.Duration;

/** {@code health [ADDRESS] { lameduck DURATION }}: {@code /health} over HTTP, by default on {@code :8080}. */
public final class HealthDirective implements DirectiveFactory {
    private static final String ADDRESS = ":8080";

    /** For {@link java.util.ServiceLoader}. */
    public HealthDirective() {}

    @Override
    public String name() {
        return "health";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        Duration lameduck = lameduck(directive);
        HttpEndpoint endpoint =
                EndpointArguments.endpoint(directive, ADDRESS, address -> HttpEndpoint.health(address, lameduck));
        HealthMetrics metrics = block.shared(HealthMetrics.class, HealthMetrics::new);
        block.attach(endpoint);
        block.attach(metrics);
        block.every(new PeriodicTask(
                "health", HealthMetrics.INTERVAL, () -> endpoint.uri().ifPresent(metrics::probeAside)));
    }

    private static Duration lameduck(Statement directive) {
        Duration lameduck = Duration.ZERO;
        for (Statement option : directive.block()) {
            if (!option.name().equals("lameduck")) {
                throw EndpointArguments.unknown(directive, option, "the option lameduck");
            }
            option.wantNoBlock();
            lameduck = option.onlyArgument("a duration as 5s").duration("lameduck");
        }
        return lameduck;
    }
}
