package dev.waypost.forwarding;

import dev.waypost.Layer;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import java.time.Duration;
import java.util.List;

/** {@code cache [TTL] [ZONES...] { ... }}: keeps forwarded answers, with CoreDNS's options; once in a server block. */
public final class CacheDirective implements DirectiveFactory {
    /** For {@link java.util.ServiceLoader}. */
    public CacheDirective() {}

    @Override
    public String name() {
        return CachingLayer.NAME;
    }

    /** The place of the block's {@code cache}. */
    private record Once(Token keyword) {}

    @Override
    public void configure(Statement directive, BlockContext block) {
        Token first =
                block.inBlock(Once.class, () -> new Once(directive.keyword())).keyword();
        if (first != directive.keyword()) {
            throw directive.keyword().fault("a server block wants one 'cache', and there is one at " + first.place());
        }
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
        new CacheOptions(builder, block).read(directive);
        CachingLayer layer = builder.build();
        block.layer(inheriting(layer, block));
        block.metrics(layer);
        block.observer(layer);
    }

    /** The layer, with what it remembers from before a reload: known when it is put over, as the upstreams are then. */
    private static Layer inheriting(CachingLayer layer, BlockContext block) {
        KeptCaches kept = block.shared(KeptCaches.class, KeptCaches::new);
        BlockUpstreams upstreams = block.inBlock(BlockUpstreams.class, BlockUpstreams::new);
        return next -> {
            KeptCaches.Identity identity = new KeptCaches.Identity(block.digest(), upstreams.rules(), block.ticker());
            layer.inherit(kept.of(identity, layer.stores()));
            return layer.over(next);
        };
    }

    private static boolean isNumber(Token token) {
        return token.text().chars().allMatch(Character::isDigit);
    }
}
