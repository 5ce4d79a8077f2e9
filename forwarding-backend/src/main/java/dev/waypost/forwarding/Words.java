package dev.waypost.forwarding;

import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.time.Duration;

/** What options of this module's directives have in common. */
final class Words {
    private Words() {}

    /** The only argument, a duration above 0. */
    static Duration time(Statement option) {
        Token argument = option.onlyArgument("a duration");
        Duration time = argument.duration(option.name());
        if (time.isZero()) {
            throw argument.unexpected(option.name(), "a duration above 0");
        }
        return time;
    }

    /** The only argument, a number. */
    static int number(Statement option, int least) {
        return option.onlyArgument("a number").number(option.name(), least, Integer.MAX_VALUE);
    }
}
