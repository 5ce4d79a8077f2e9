package dev.waypost.corefile.directive;

import dev.waypost.ExtendedError;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.pattern.LinearPattern;
import dev.waypost.layer.template.TemplateRule;
import dev.waypost.layer.template.TemplateText;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code template CLASS TYPE [ZONES...] { ... }}: answers made of the question. */
public final class TemplateDirective implements DirectiveFactory {
    private static final int CLASS_AND_TYPE = 2;

    @Override
    public String name() {
        return "template";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        List<Token> arguments = directive.arguments();
        if (arguments.size() < CLASS_AND_TYPE) {
            throw directive
                    .keyword()
                    .fault("'template' wants CLASS TYPE [ZONES...], found " + arguments.size() + " arguments");
        }
        TemplateRule.Builder rule = TemplateRule.builder(
                        block.zonesOf(arguments.subList(CLASS_AND_TYPE, arguments.size())))
                .qclass(Tokens.qclass(arguments.get(0)))
                .qtype(Tokens.type(arguments.get(1)));
        directive.block().forEach(option -> configure(option, directive, rule, block));
        if (!rule.saysSomething()) {
            throw directive
                    .keyword()
                    .fault("'template' wants an answer, an authority or an rcode other than NOERROR, found none");
        }
        TemplateRules.of(block).add(rule.build());
    }

    private static void configure(
            Statement option, Statement directive, TemplateRule.Builder rule, BlockContext block) {
        option.wantNoBlock();
        switch (option.name()) {
            case "match" -> each(option, "an expression", token -> rule.match(pattern(token)));
            case "answer" -> each(option, "a record", token -> rule.answer(text(token)));
            case "authority" -> each(option, "a record", token -> rule.authority(text(token)));
            case "additional" -> each(option, "a record", token -> rule.additional(text(token)));
            case "rcode" -> rule.rcode(Tokens.rcode(option.onlyArgument("an RCODE")));
            case "ederror" -> rule.extendedError(extendedError(option));
            case "fallthrough" ->
                rule.fallthrough(FallthroughOption.of(option, block).suffixes());
            case "upstream" -> {} // aliases are always followed; CoreDNS passes it over too
            case "var", "expr" -> throw option.notYetIn(directive);
            default -> throw option.unknownIn(directive);
        }
    }

    private static void each(Statement option, String wanted, Consumer<Token> taken) {
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'" + option.name() + "' wants " + wanted + ", found nothing");
        }
        option.arguments().forEach(taken);
    }

    private static LinearPattern pattern(Token token) {
        return RewriteWords.pattern(token);
    }

    private static TemplateText text(Token token) {
        try {
            return TemplateText.of(token.text());
        } catch (IllegalArgumentException unreadable) {
            throw token.fault(String.valueOf(unreadable.getMessage()));
        }
    }

    private static ExtendedError extendedError(Statement option) {
        List<Token> words = option.arguments();
        if (words.isEmpty()) {
            throw option.keyword().fault("'ederror' wants a code and a reason, found nothing");
        }
        int code = words.get(0).number("ederror", 0, 65_535);
        String reason = words.stream().skip(1).map(Token::text).collect(Collectors.joining(" "));
        return new ExtendedError(code, reason);
    }
}
