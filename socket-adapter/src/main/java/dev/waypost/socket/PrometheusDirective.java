package dev.waypost.socket;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;

/**
 * {@code prometheus [ADDRESS]}: counts the queries of its server block, and shows every measurement on {@code /metrics},
 * by default on {@code localhost:9153}.
 *
 * <p>The counts of all blocks that have it are kept together, and go on from reload to reload.
 */
public final class PrometheusDirective implements DirectiveFactory {
    private static final String ADDRESS = "localhost:9153";

    /** For {@link java.util.ServiceLoader}. */
    public PrometheusDirective() {}

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        block.attach(EndpointArguments.endpoint(directive, ADDRESS, HttpEndpoint::metrics));
        QueryMetrics metrics = block.shared(QueryMetrics.class, QueryMetrics::new);
        block.observer(metrics);
        block.attach(metrics);
        block.metrics(EnabledDirectives.of(block));
    }
}
