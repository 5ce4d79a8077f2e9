package dev.waypost.corefile.directive;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.layer.template.TemplateEvents;
import dev.waypost.layer.template.TemplateResolver;
import dev.waypost.layer.template.TemplateRule;
import dev.waypost.layer.template.TemplateText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The rules of all {@code template} of a server block, in their order, and what they did. */
final class TemplateRules implements Resolver, TemplateEvents {
    private final List<TemplateRule> rules = new ArrayList<>(); // only while the block is planned
    private final Resolver engine;
    private final DirectiveCounters counters;
    private final String server;
    private volatile TemplateResolver resolver;

    private TemplateRules(Resolver engine, DirectiveCounters counters, String server) {
        this.engine = engine;
        this.counters = counters;
        this.server = server;
        this.resolver = new TemplateResolver(List.of(), engine, NONE);
    }

    static TemplateRules of(BlockContext block) {
        return block.inBlock(TemplateRules.class, () -> {
            TemplateRules rules =
                    new TemplateRules(block.engine(), DirectiveCounters.of(block), DirectiveCounters.serverOf(block));
            block.resolver(rules);
            return rules;
        });
    }

    void add(TemplateRule rule) {
        rules.add(rule);
        resolver = new TemplateResolver(rules, engine, this);
    }

    @Override
    public Resolution resolve(Query query) {
        return resolver.resolve(query);
    }

    @Override
    public void matched(TemplateRule rule, Name zone) {
        count("coredns_template_matches_total", "Queries that a template was for.", labels(rule, zone));
    }

    @Override
    public void notFilled(TemplateRule rule, Name zone, String section, TemplateText template) {
        count(
                "coredns_template_template_failures_total",
                "Templates that could not be filled.",
                labels(rule, zone, section, template));
    }

    @Override
    public void noRecord(TemplateRule rule, Name zone, String section, TemplateText template) {
        count(
                "coredns_template_rr_failures_total",
                "Templates whose text was no record.",
                labels(rule, zone, section, template));
    }

    private void count(String name, String help, Map<String, String> labels) {
        counters.counter(name, help, labels).increment();
    }

    /** Class and type are the rule's: those of queries are chosen by clients, and there are 65,536 types. */
    private Map<String, String> labels(TemplateRule rule, Name zone) {
        Map<String, String> labels = new HashMap<>();
        labels.put("server", server);
        labels.put("zone", zone.toString());
        labels.put("view", "");
        labels.put("class", DClass.string(rule.qclass()));
        labels.put("type", Type.string(rule.qtype()));
        return labels;
    }

    private Map<String, String> labels(TemplateRule rule, Name zone, String section, TemplateText template) {
        Map<String, String> labels = labels(rule, zone);
        labels.put("section", section);
        labels.put("template", template.toString());
        return labels;
    }
}
