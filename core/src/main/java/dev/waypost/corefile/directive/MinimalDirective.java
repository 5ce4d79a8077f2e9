package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.layer.MinimalResponses;

/** {@code minimal}: answers without AUTHORITY and ADDITIONAL where these are not needed. */
public final class MinimalDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "minimal";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        directive.wantNoBlock();
        block.layer(new MinimalResponses());
    }
}
