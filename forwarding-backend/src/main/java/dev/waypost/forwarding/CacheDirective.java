package dev.waypost.forwarding;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Name;

/** {@code cache [TTL] [ZONES...] { ... }}: keeps forwarded answers, with CoreDNS's options. */
public final class CacheDirective implements DirectiveFactory {
    private static final String SUCCESS = "success";
    private static final String DENIAL = "denial";
    private static final Set<String> NOT_YET = Set.of("prefetch", "serve_stale", "serve_stale_policy");
    /** What one entry of a CoreDNS capacity is taken to weigh. */
    private static final long BYTES_AN_ENTRY = 1024;

    /** For {@link java.util.ServiceLoader}. */
    public CacheDirective() {}

    @Override
    public String name() {
        return CachingLayer.NAME;
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        CacheBuilder builder = CachingLayer.builder()
                .ticker(block.ticker())
                .server(block.listenPoints().get(0).toString());
        List<Token> zones = directive.arguments();
        if (!zones.isEmpty() && isNumber(zones.get(0))) {
            Duration ttl = Duration.ofSeconds(zones.get(0).number(name(), 1, Integer.MAX_VALUE));
            builder.successTtl(ttl).denialTtl(ttl);
            zones = zones.subList(1, zones.size());
        }
        builder.zones(block.zonesOf(zones));
        directive.block().forEach(option -> configure(option, builder, block));
        CachingLayer layer = builder.build();
        block.layer(layer);
        block.metrics(layer);
        block.observer(layer);
    }

    private static boolean isNumber(Token token) {
        return token.text().chars().allMatch(Character::isDigit);
    }

    private static void configure(Statement option, CacheBuilder builder, BlockContext block) {
        option.wantNoBlock();
        switch (option.name()) {
            case SUCCESS -> success(option, builder);
            case DENIAL -> denial(option, builder);
            case "disable" -> disable(option, builder, block);
            case "servfail" -> builder.servfail(servfail(option));
            case "keepttl" -> {
                option.wantNoArguments();
                builder.keepTtl(true);
            }
            default -> throw Words.unknown(option, CachingLayer.NAME, NOT_YET);
        }
    }

    private static void success(Statement option, CacheBuilder builder) {
        builder.successBytes(BYTES_AN_ENTRY * capacity(option));
        if (option.arguments().size() > 1) {
            builder.successTtl(seconds(option, 1, 1));
        }
        if (option.arguments().size() > 2) {
            builder.successLeastTtl(seconds(option, 2, 0));
        }
    }

    private static void denial(Statement option, CacheBuilder builder) {
        builder.denialBytes(BYTES_AN_ENTRY * capacity(option));
        if (option.arguments().size() > 1) {
            builder.denialTtl(seconds(option, 1, 1));
        }
        if (option.arguments().size() > 2) {
            builder.denialLeastTtl(seconds(option, 2, 0));
        }
    }

    private static int capacity(Statement option) {
        int size = option.arguments().size();
        if (size < 1 || size > 3) {
            throw option.keyword()
                    .fault("'" + option.name() + "' wants CAPACITY [TTL] [MINTTL], found " + size + " arguments");
        }
        return option.arguments().get(0).number(option.name(), 1, Integer.MAX_VALUE);
    }

    private static Duration seconds(Statement option, int index, int least) {
        return Duration.ofSeconds(option.arguments().get(index).number(option.name(), least, Integer.MAX_VALUE));
    }

    private static Duration servfail(Statement option) {
        Token argument = option.onlyArgument("a duration");
        Duration time = argument.duration(option.name());
        if (time.compareTo(CacheBuilder.MAX_SERVFAIL) > 0) {
            throw argument.unexpected(option.name(), "a duration of at most 5m");
        }
        return time;
    }

    private static void disable(Statement option, CacheBuilder builder, BlockContext block) {
        List<Token> arguments = option.arguments();
        if (arguments.isEmpty()) {
            throw option.keyword().fault("'disable' wants success or denial, found nothing");
        }
        Name[] zones = block.zonesOf(arguments.subList(1, arguments.size())).toArray(Name[]::new);
        switch (arguments.get(0).text()) {
            case SUCCESS -> builder.withoutSuccess(zones);
            case DENIAL -> builder.withoutDenial(zones);
            default -> throw arguments.get(0).unexpected("disable", "success or denial");
        }
    }
}
