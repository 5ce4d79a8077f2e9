package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Name;

/** {@code log [NAMES...] [FORMAT] { class CLASS... }}: a line for every reply. */
public final class LogDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> names = directive.arguments();
        LogFormat format = LogFormat.COMMON;
        // CoreDNS takes a last argument for a format when it has a brace and is not the only one.
        if (names.size() > 1 && names.get(names.size() - 1).text().contains("{")) {
            format = LogFormat.of(names.get(names.size() - 1), BlockMetadata.of(block)::value);
            names = names.subList(0, names.size() - 1);
        }
        List<Name> zones = names.isEmpty() ? List.of(Name.root) : block.zonesOf(names);
        QueryLog.Rule rule = new QueryLog.Rule(zones, classes(directive), format);
        block.inBlock(QueryLog.class, () -> {
                    QueryLog log = new QueryLog();
                    block.observer(log);
                    return log;
                })
                .add(rule);
    }

    private static Set<ReplyClass> classes(Statement directive) {
        Set<ReplyClass> classes = EnumSet.noneOf(ReplyClass.class);
        for (Statement option : directive.block()) {
            if (!option.name().equals("class")) {
                throw option.unknownIn(directive);
            }
            option.wantNoBlock();
            if (option.arguments().isEmpty()) {
                throw option.keyword().fault("'class' wants " + ReplyClass.WANTED + ", found nothing");
            }
            option.arguments().forEach(word -> classes.addAll(classes(word)));
        }
        return classes.isEmpty() ? EnumSet.allOf(ReplyClass.class) : classes;
    }

    private static Set<ReplyClass> classes(Token word) {
        return switch (word.text().toLowerCase(Locale.ROOT)) {
            case "all" -> EnumSet.allOf(ReplyClass.class);
            case "success" -> EnumSet.of(ReplyClass.SUCCESS);
            case "denial" -> EnumSet.of(ReplyClass.DENIAL);
            case "error" -> EnumSet.of(ReplyClass.ERROR);
            default -> throw word.unexpected("class", ReplyClass.WANTED);
        };
    }
}
