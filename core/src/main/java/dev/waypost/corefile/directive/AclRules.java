package dev.waypost.corefile.directive;

import dev.waypost.Exchange;
import dev.waypost.Layer;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.layer.AccessControl;
import dev.waypost.layer.AccessRule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Name;

/** The rules of all {@code acl} of a server block, in their order, and what they decided. */
final class AclRules implements Layer, QueryObserver {
    private final List<AccessRule> rules = new CopyOnWriteArrayList<>();
    private final DirectiveCounters counters;
    private final String server;
    private final LongAdder allowed;

    private AclRules(DirectiveCounters counters, String server) {
        this.counters = counters;
        this.server = server;
        this.allowed = counters.counter(
                "coredns_acl_allowed_requests_total", "Queries allowed.", Map.of("server", server, "view", ""));
    }

    static AclRules of(BlockContext block) {
        return block.inBlock(AclRules.class, () -> {
            AclRules rules = new AclRules(DirectiveCounters.of(block), DirectiveCounters.serverOf(block));
            block.layer(rules);
            block.observer(rules);
            return rules;
        });
    }

    void add(AccessRule rule) {
        rules.add(rule);
    }

    @Override
    public Resolver over(Resolver next) {
        return new AccessControl(rules, this::decided).over(next);
    }

    private void decided(AccessRule.Action action, Name zone) {
        switch (action) {
            case ALLOW -> allowed.increment();
            case BLOCK -> count("blocked", zone);
            case FILTER -> count("filtered", zone);
            case DROP -> count("dropped", zone);
        }
    }

    private void count(String what, Name zone) {
        Map<String, String> labels = Map.of("server", server, "zone", zone.toString(), "view", "");
        counters.counter("coredns_acl_" + what + "_requests_total", "Queries " + what + " by a rule.", labels)
                .increment();
    }

    /** Only what was allowed can be replayed. */
    @Override
    public void replied(Exchange exchange) {
        if (exchange.replayed()) {
            allowed.increment();
        }
    }
}
