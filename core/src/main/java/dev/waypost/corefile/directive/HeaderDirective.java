package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.HeaderFlags;
import dev.waypost.layer.HeaderFlags.Change;
import dev.waypost.layer.HeaderFlags.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code header { [query|response] set|clear FLAG... }}: header flags aa, ra and rd. */
public final class HeaderDirective implements DirectiveFactory {
    private static final String ACTIONS = "set or clear";

    @Override
    public String name() {
        return "header";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        if (directive.block().isEmpty()) {
            throw directive.keyword().fault("'header' wants at least one rule, found nothing");
        }
        List<Change> queries = new ArrayList<>();
        List<Change> responses = new ArrayList<>();
        for (Statement rule : directive.block()) {
            rule.wantNoBlock();
            switch (rule.name().toLowerCase(Locale.ROOT)) {
                case "query" -> queries.addAll(changes(rule));
                case "response" -> responses.addAll(changes(rule));
                // CoreDNS once changed responses only, and still reads rules without a selector as theirs.
                case "set", "clear" -> responses.addAll(changes(rule.keyword(), rule.arguments()));
                default -> throw rule.unknownIn(directive);
            }
        }
        block.layer(new HeaderFlags(queries, responses));
    }

    private static List<Change> changes(Statement rule) {
        if (rule.arguments().isEmpty()) {
            throw rule.keyword().fault("'" + rule.name() + "' wants " + ACTIONS + ", found nothing");
        }
        List<Token> words = rule.arguments();
        return changes(words.get(0), words.subList(1, words.size()));
    }

    private static List<Change> changes(Token action, List<Token> flags) {
        boolean set = switch (action.text().toLowerCase(Locale.ROOT)) {
            case "set" -> true;
            case "clear" -> false;
            default -> throw action.unexpected("header", ACTIONS);
        };
        if (flags.isEmpty()) {
            throw action.fault("'" + action.text() + "' wants a flag, found nothing");
        }
        return flags.stream().map(flag -> new Change(flag(flag), set)).toList();
    }

    private static Flag flag(Token token) {
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "aa" -> Flag.AA;
            case "ra" -> Flag.RA;
            case "rd" -> Flag.RD;
            default -> throw token.unexpected("header", "aa, ra or rd");
        };
    }
}
