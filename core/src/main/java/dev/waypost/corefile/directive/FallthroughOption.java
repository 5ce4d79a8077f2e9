package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.Statement;
import dev.waypost.zone.FallthroughZones;

/** {@code fallthrough [ZONES...]}: which missing names go on to the next directive; all of them without zones. */
final class FallthroughOption {
    private FallthroughOption() {}

    static FallthroughZones of(Statement option, BlockContext block) {
        option.wantNoBlock();
        return option.arguments().isEmpty()
                ? FallthroughZones.ALL
                : new FallthroughZones(block.zonesOf(option.arguments()));
    }
}
