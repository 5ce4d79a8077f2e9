package dev.waypost.layer.template;

import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.layer.pattern.LinearPattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers from templates: the first rule that fits a query's class, type, zone and name.
 *
 * <p>Templates know {@code .Zone .Name .Class .Type .Match .Group .Question .Remote .Meta} as CoreDNS's do. An alias at the
 * end of an answer is followed. What names {@code .Remote} is repeated to that client only, and what names {@code .Meta}
 * to nobody. Immutable, and safe for any number of threads.
 */
public final class TemplateResolver implements Resolver {
    private static final String NAME = "template";

    private final List<TemplateRule> rules;
    private final Resolver engine;
    private final TemplateEvents events;

    /**
     * A resolver with rules.
     *
     * @param rules looked at in this order
     * @param engine asked for what aliases lead to
     * @param events hears what the rules do
     */
    public TemplateResolver(List<TemplateRule> rules, Resolver engine, TemplateEvents events) {
        this.rules = List.copyOf(rules);
        this.engine = engine;
        this.events = events;
    }

    @Override
    public Resolution resolve(Query query) {
        String text = query.qname().toString().toLowerCase(Locale.ROOT);
        for (TemplateRule rule : rules) {
            Optional<Name> zone = rule.zoneOf(query);
            if (zone.isEmpty()) {
                continue;
            }
            Optional<LinearPattern.Match> match = rule.match(text);
            if (match.isPresent()) {
                events.matched(rule, zone.get());
                return answer(query, new TemplateData(query, rule, zone.get(), match.get()), rule);
            }
            if (!rule.fallsThrough(query.qname())) {
                return failure("no expression of the template matches");
            }
        }
        return Fallthrough.FALLTHROUGH;
    }

    private Resolution answer(Query query, TemplateData data, TemplateRule rule) {
        boolean failed = rule.rcode() != Rcode.NOERROR && rule.rcode() != Rcode.NXDOMAIN;
        try {
            Filling filling = new Filling(rule, data, events);
            Response response = Response.empty(rule.rcode(), Freshness.always())
                    .withAuthoritative(true)
                    .withAnswer(spelled(filling.sets("answer", rule.answer()), query.qname()))
                    .withAuthority(filling.sets("authority", rule.authority()))
                    .withAdditional(filling.sets("additional", rule.additional()))
                    .withExtendedErrors(rule.extendedErrors())
                    .withAnsweredBy(NAME);
            return follow(query, response.withFreshness(failed ? Freshness.never() : data.freshness()));
        } catch (TemplateFault fault) {
            return failure(String.valueOf(fault.getMessage()));
        }
    }

    private static Response failure(String why) {
        return Response.failure(Rcode.SERVFAIL, ExtendedError.OTHER, why).withAnsweredBy(NAME);
    }

    /** Records of the name that was asked for have it in the client's spelling. */
    private static List<RecordSet> spelled(List<RecordSet> sets, Name qname) {
        return sets.stream()
                .map(set -> set.owner().equals(qname) ? set.withOwner(qname) : set)
                .toList();
    }

    private Resolution follow(Query query, Response response) {
        List<RecordSet> answer = response.answer();
        boolean aliasIsTheAnswer = query.qtype() == Type.CNAME || query.qtype() == Type.ANY;
        if (answer.isEmpty()
                || aliasIsTheAnswer
                || answer.get(answer.size() - 1).type() != Type.CNAME) {
            return response;
        }
        RecordSet alias = answer.get(answer.size() - 1);
        Name target = ((CNAMERecord) alias.records().get(0)).getTarget();
        if (!query.mayFollow(target)) {
            return response;
        }
        return engine.resolve(query.following(target))
                .orElse(() -> Response.empty(Rcode.NOERROR, Freshness.always()))
                .map(response::leadingTo);
    }
}
