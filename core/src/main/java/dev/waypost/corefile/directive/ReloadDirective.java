package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.ReloadSettings;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.time.Duration;
import java.util.List;

/** {@code reload [INTERVAL] [JITTER]}: tells the host to watch the Corefile. Core itself watches nothing. */
public final class ReloadDirective implements DirectiveFactory {
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(2);
    private static final Duration LEAST_JITTER = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoBlock();
        List<Token> arguments = directive.arguments();
        if (arguments.size() > 2) {
            throw arguments.get(2).unexpected("reload", "an interval and a jitter and no more");
        }
        Duration interval = ReloadSettings.DEFAULT_INTERVAL;
        if (!arguments.isEmpty()) {
            interval = arguments.get(0).duration("reload interval");
            if (interval.compareTo(LEAST_INTERVAL) < 0) {
                throw arguments.get(0).unexpected("reload interval", "2s or more");
            }
        }
        Duration jitter = arguments.size() < 2 ? ReloadSettings.DEFAULT_JITTER : jitter(arguments.get(1));
        Duration most = interval.dividedBy(2);
        // CoreDNS cuts a jitter down to half of the interval and says nothing; `reload 10s` depends on it.
        block.attach(new ReloadSettings(interval, jitter.compareTo(most) > 0 ? most : jitter));
    }

    private static Duration jitter(Token token) {
        Duration jitter = token.duration("reload jitter");
        if (!jitter.isZero() && jitter.compareTo(LEAST_JITTER) < 0) {
            throw token.unexpected("reload jitter", "0, or 1s or more");
        }
        return jitter;
    }
}
