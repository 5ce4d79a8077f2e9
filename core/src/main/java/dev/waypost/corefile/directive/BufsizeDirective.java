package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.layer.DatagramSize;

/** {@code bufsize [SIZE]}: the largest datagram a client may offer, octets. */
public final class BufsizeDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "bufsize";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        int octets = directive.arguments().isEmpty()
                ? DatagramSize.DEFAULT_OCTETS
                : directive.onlyArgument("a size in octets").number("bufsize", 512, 4096);
        block.layer(new DatagramSize(octets));
    }
}
