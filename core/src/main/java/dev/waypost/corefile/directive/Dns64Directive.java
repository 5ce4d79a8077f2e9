package dev.waypost.corefile.directive;

import dev.waypost.AddressBlock;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.Dns64;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** {@code dns64 [PREFIX] { prefix PREFIX; translate_all; allow_ipv4 }}: IPv6 addresses of hosts that have none. */
public final class Dns64Directive implements DirectiveFactory {
    @Override
    public String name() {
        return "dns64";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        Token prefix = directive.arguments().isEmpty() ? directive.keyword() : directive.onlyArgument("a prefix");
        AddressBlock network = directive.arguments().isEmpty() ? Dns64.WELL_KNOWN : Tokens.network(prefix);
        boolean translateAll = false;
        boolean allowIpv4 = false;
        for (Statement option : directive.block()) {
            option.wantNoBlock();
            switch (option.name()) {
                case "prefix" -> {
                    prefix = option.onlyArgument("a prefix");
                    network = Tokens.network(prefix);
                }
                case "translate_all" -> {
                    option.wantNoArguments();
                    translateAll = true;
                }
                case "allow_ipv4" -> {
                    option.wantNoArguments();
                    allowIpv4 = true;
                }
                default -> throw option.unknownIn(directive);
            }
        }
        LongAdder translated = DirectiveCounters.of(block)
                .counter(
                        "coredns_dns64_requests_translated_total",
                        "Queries answered with translated addresses.",
                        Map.of("server", DirectiveCounters.serverOf(block)));
        try {
            block.layer(new Dns64(network, translateAll, allowIpv4, translated::increment));
        } catch (IllegalArgumentException unusable) {
            throw prefix.fault(String.valueOf(unusable.getMessage()));
        }
    }
}
