package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.layer.AnyResolver;

/** {@code any}: a small answer to every query for ANY (RFC 8482). */
public final class AnyDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "any";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        directive.wantNoBlock();
        block.resolver(new AnyResolver());
    }
}
