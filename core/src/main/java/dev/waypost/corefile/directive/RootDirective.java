package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;

/** {@code root PATH}: where the relative file names of the other directives start. */
public final class RootDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "root";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        block.root(block.path(directive.onlyArgument("a folder")));
    }
}
