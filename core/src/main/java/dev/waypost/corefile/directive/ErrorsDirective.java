package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;

/** {@code errors}: a line for every query that could not be answered. */
public final class ErrorsDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "errors";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        for (Statement option : directive.block()) {
            boolean known = option.name().equals("consolidate") || option.name().equals("stacktrace");
            throw known ? option.notYetIn(directive) : option.unknownIn(directive);
        }
        // Repeats in one block would say everything twice.
        block.inBlock(ErrorLog.class, () -> {
            ErrorLog log = new ErrorLog(block.ticker());
            block.layer(log);
            block.observer(log);
            return log;
        });
    }
}
