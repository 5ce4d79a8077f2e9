package dev.waypost.corefile.directive;

import dev.waypost.Resolver;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;

/** A directive {@code forward} that answers as a test wants. */
record Answering(Resolver resolver) implements DirectiveFactory {
    @Override
    public String name() {
        return "forward";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        block.resolver(resolver);
    }
}
