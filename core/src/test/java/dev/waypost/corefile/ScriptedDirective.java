package dev.waypost.corefile;

import java.util.function.BiConsumer;

/** A directive that does what a test says. */
record ScriptedDirective(String name, BiConsumer<Statement, BlockContext> script) implements DirectiveFactory {
    static DirectiveFactory of(String name, BiConsumer<Statement, BlockContext> script) {
        return new ScriptedDirective(name, script);
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        script.accept(directive, block);
    }
}
