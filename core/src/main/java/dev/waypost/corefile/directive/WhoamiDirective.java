package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.layer.WhoamiResolver;

/** {@code whoami}: tells clients their own address and port. */
public final class WhoamiDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "whoami";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        directive.wantNoBlock();
        block.resolver(new WhoamiResolver());
    }
}
