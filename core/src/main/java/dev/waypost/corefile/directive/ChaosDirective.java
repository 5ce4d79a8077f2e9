package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.ChaosResolver;
import java.util.List;

/** {@code chaos [VERSION] [AUTHORS...]}: what the server says of itself in class CH. */
public final class ChaosDirective implements DirectiveFactory {
    private static final String DEFAULT_VERSION = "Waypost"; // a number would tell an attacker which faults to try

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        List<String> texts = directive.arguments().stream().map(Token::text).toList();
        String version = texts.isEmpty() ? DEFAULT_VERSION : texts.get(0);
        List<String> authors = texts.subList(Math.min(1, texts.size()), texts.size());
        try {
            block.resolver(new ChaosResolver(version, authors, HostName.own()));
        } catch (IllegalArgumentException unusable) {
            throw directive
                    .keyword()
                    .fault("'chaos' wants texts of at most " + ChaosResolver.MOST_OCTETS + " octets, found one of "
                            + "more, or a backslash that begins no escape (" + unusable.getMessage() + ")");
        }
    }
}
