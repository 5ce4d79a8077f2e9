package dev.waypost.socket.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.socket.ListenerSettings;

/** {@code multisocket [NUM_SOCKETS]}: so many sockets for datagrams on each address; without a number one a core. */
public final class MultisocketDirective implements DirectiveFactory {
    private static final int MOST = 1024;

    /** For {@link java.util.ServiceLoader}. */
    public MultisocketDirective() {}

    @Override
    public String name() {
        return "multisocket";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        int sockets = directive.arguments().isEmpty()
                ? Math.min(MOST, Runtime.getRuntime().availableProcessors())
                : directive.onlyArgument("one number of sockets").number("multisocket", 1, MOST);
        block.attach(ListenerSettings.later(block::listenPoints, options -> options.withUdpWorkers(sockets)));
    }
}
