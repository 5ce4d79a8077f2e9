package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;

/**
 * {@code bind ADDRESS|INTERFACE...}: listens on these hosts instead of on every address. Interface names go to the host
 * as they are: core knows no network.
 */
public final class BindDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "bind";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        for (Statement option : directive.block()) {
            throw option.name().equals("except") ? option.notYetIn(directive) : option.unknownIn(directive);
        }
        if (directive.arguments().isEmpty()) {
            throw directive.keyword().fault("'bind' wants an address or an interface, found nothing");
        }
        for (Token host : directive.arguments()) {
            if (host.text().isEmpty()) {
                throw host.unexpected("bind", "an address or an interface");
            }
        }
        block.listenOn(directive.arguments().stream().map(Token::text).toList());
    }
}
