package dev.waypost.layer.template;

import dev.waypost.Client;
import dev.waypost.Freshness;
import dev.waypost.Query;
import dev.waypost.layer.pattern.LinearPattern;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What a template is filled with for one query; notes what was asked for, as an answer that says something of its client
 * is not for others. For one answer.
 */
final class TemplateData {
    private final Query query;
    private final TemplateRule rule;
    private final Name zone;
    private final LinearPattern.Match match;
    private Freshness freshness = Freshness.always();

    TemplateData(Query query, TemplateRule rule, Name zone, LinearPattern.Match match) {
        this.query = query;
        this.rule = rule;
        this.zone = zone;
        this.match = match;
    }

    Name zone() {
        return zone;
    }

    /** For how long, and to whom, what was filled with this may be said again. */
    Freshness freshness() {
        return freshness;
    }

    Value value() {
        return new Value.Members(this::member);
    }

    private Value member(String name) {
        return switch (name) {
            case "Zone" -> new Value.Text(lower(zone));
            case "Name" -> new Value.Text(lower(query.qname()));
            case "Class" ->
                new Value.Text(DClass.string(query.qclass() == DClass.ANY ? rule.qclass() : query.qclass()));
            case "Type" -> new Value.Text(Type.string(query.qtype() == Type.ANY ? rule.qtype() : query.qtype()));
            case "Match" ->
                new Value.Items(
                        match.groups().stream().<Value>map(Value.Text::new).toList());
            case "Group" -> new Value.Texts(groups());
            case "Question" -> new Value.Members(this::question);
            case "Remote" -> remote();
            case "Meta" -> new Value.Method(this::label);
            default -> throw new TemplateFault("there is no ." + name);
        };
    }

    private TreeMap<String, String> groups() {
        TreeMap<String, String> groups = new TreeMap<>(match.named());
        for (int i = 0; i < match.groups().size(); i++) {
            groups.put(Integer.toString(i), match.groups().get(i));
        }
        return groups;
    }

    private Value question(String name) {
        return switch (name) {
            case "Name" -> new Value.Text(query.qname().toString());
            case "Qtype" -> new Value.Whole(query.qtype());
            case "Qclass" -> new Value.Whole(query.qclass());
            default -> throw new TemplateFault("there is no .Question." + name);
        };
    }

    private Value remote() {
        Client client = query.client();
        freshness = freshness.and(Freshness.forClients(other -> other.address().equals(client.address())));
        return new Value.Text(client.address().getHostAddress());
    }

    private Value label(List<Value> arguments) {
        if (arguments.size() != 1) {
            throw new TemplateFault(".Meta wants a label, found " + arguments.size() + " arguments");
        }
        freshness = Freshness.never();
        return new Value.Text(query.metadata().value(arguments.get(0).text()).orElse(""));
    }

    private static String lower(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
