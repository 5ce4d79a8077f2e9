package dev.waypost.socket.directive;

import dev.waypost.AddressBlock;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.socket.ListenerSettings;
import dev.waypost.wire.policy.RateLimit;
import dev.waypost.wire.policy.RateLimiter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code rrl { responses-per-second N; burst N; slip-ratio N; ipv4-prefix-length BITS; ipv6-prefix-length BITS; exempt
 * NETWORK... }}: response rate limiting, under the words of CoreDNS's external plugin of this name.
 */
public final class RrlDirective implements DirectiveFactory {
    private static final int MOST = 1_000_000;

    /** For {@link java.util.ServiceLoader}. */
    public RrlDirective() {}

    @Override
    public String name() {
        return "rrl";
    }

    @Override
    public String before() {
        return "bind";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        directive.wantNoArguments();
        Words words = new Words();
        directive.block().forEach(option -> words.read(directive, option));
        if (words.perSecond == 0) {
            throw directive.keyword().fault("'rrl' wants the option responses-per-second");
        }
        RateLimiter limiter = new RateLimiter(words.limit(), block.ticker().nanoTime());
        block.metrics(limiter);
        block.attach(ListenerSettings.later(
                block::listenPoints,
                options -> options.withPolicy(options.policy().withRateLimiter(limiter))));
    }

    /** What the options say so far. */
    private static final class Words {
        private static final RateLimit UNSAID = RateLimit.perSecond(1);

        private int perSecond;
        private int burst;
        private int slip = UNSAID.slip();
        private int ipv4PrefixLength = UNSAID.ipv4PrefixLength();
        private int ipv6PrefixLength = UNSAID.ipv6PrefixLength();
        private final List<AddressBlock> exempt = new ArrayList<>();

        void read(Statement directive, Statement option) {
            option.wantNoBlock();
            switch (option.name()) {
                case "responses-per-second" -> perSecond = number(option, 1, MOST);
                case "burst" -> burst = number(option, 1, MOST);
                case "slip-ratio" -> slip = number(option, 0, 1000);
                case "ipv4-prefix-length" -> ipv4PrefixLength = number(option, 1, 32);
                case "ipv6-prefix-length" -> ipv6PrefixLength = number(option, 1, 128);
                case "exempt" -> option.arguments().forEach(network -> exempt.add(block(network)));
                case "nodata-per-second",
                        "nxdomains-per-second",
                        "referrals-per-second",
                        "errors-per-second",
                        "requests-per-second" ->
                    throw option.keyword()
                            .fault("'" + option.name() + "' is not known here: replies of every kind count together");
                case "window", "max-table-size", "report-only" -> throw option.notYetIn(directive);
                default -> throw option.unknownIn(directive);
            }
        }

        private static int number(Statement option, int least, int most) {
            return option.onlyArgument("a number " + least + ".." + most).number(option.name(), least, most);
        }

        private static AddressBlock block(Token network) {
            try {
                return AddressBlock.parse(network.text());
            } catch (IllegalArgumentException unreadable) {
                throw network.unexpected("exempt", "an address or a network as 192.0.2.0/24");
            }
        }

        RateLimit limit() {
            int atOnce = burst == 0 ? perSecond : burst;
            return new RateLimit(perSecond, atOnce, slip, ipv4PrefixLength, ipv6PrefixLength, exempt);
        }
    }
}
