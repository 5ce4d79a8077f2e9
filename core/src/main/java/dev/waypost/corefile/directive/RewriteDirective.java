package dev.waypost.corefile.directive;

import dev.waypost.Layer;
import dev.waypost.Resolver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.rewrite.RewriteLayer;
import dev.waypost.layer.rewrite.RewriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code rewrite [continue|stop] FIELD ...}: other questions than were asked, other answers than were found. */
public final class RewriteDirective implements DirectiveFactory {
    static final String FIELDS = "name, type, class, ttl, rcode, cname or edns0";

    @Override
    public String name() {
        return "rewrite";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        RewriteWords words = new RewriteWords(words(directive));
        boolean goesOn = words.take("continue");
        if (!goesOn) {
            words.take("stop");
        }
        Token field = words.next("rewrite", FIELDS);
        RewriteRule rule = switch (field.text().toLowerCase(Locale.ROOT)) {
            case "name" -> RewriteRules.name(words);
            case "type" -> RewriteRules.type(words);
            case "class" -> RewriteRules.qclass(words);
            case "ttl" -> RewriteRules.ttl(words, block.ticker());
            case "rcode" -> RewriteRules.rcode(words);
            case "cname" -> RewriteRules.cname(words, block.engine());
            case "edns0" -> EdnsRules.read(words);
            default -> throw field.unexpected("rewrite", FIELDS);
        };
        words.end();
        Rules.of(block).entries.add(new RewriteLayer.Entry(rule, goesOn));
    }

    /** All words in one row: braces only break a long rule into lines. */
    private static List<Token> words(Statement directive) {
        List<Token> words = new ArrayList<>();
        words.add(directive.keyword());
        words.addAll(directive.arguments());
        for (Statement line : directive.block()) {
            line.wantNoBlock();
            words.add(line.keyword());
            words.addAll(line.arguments());
        }
        return words;
    }

    /** The rules of all {@code rewrite} of a server block, in their order. */
    private static final class Rules implements Layer {
        private final List<RewriteLayer.Entry> entries = new CopyOnWriteArrayList<>();

        static Rules of(BlockContext block) {
            return block.inBlock(Rules.class, () -> {
                Rules rules = new Rules();
                block.layer(rules);
                return rules;
            });
        }

        @Override
        public Resolver over(Resolver next) {
            return new RewriteLayer(entries).over(next);
        }
    }
}
