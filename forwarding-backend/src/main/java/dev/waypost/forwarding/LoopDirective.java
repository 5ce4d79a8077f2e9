package dev.waypost.forwarding;

import dev.waypost.PeriodicTask;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;

/** {@code loop}: finds upstreams that lead back to this server; in the block's first zone, as in CoreDNS. */
public final class LoopDirective implements DirectiveFactory {
    /** For {@link java.util.ServiceLoader}. */
    public LoopDirective() {}

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        directive.wantNoBlock();
        LoopDetector detector = new LoopDetector(block.zones().get(0), block.ticker());
        block.layer(detector);
        block.every(new PeriodicTask(name(), LoopDetector.interval(), detector::tick));
        block.metrics(detector);
    }
}
