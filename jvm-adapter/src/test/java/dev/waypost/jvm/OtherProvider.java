package dev.waypost.jvm;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/** Somebody else's provider, which comes first. */
public final class OtherProvider extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return configuration.builtinResolver();
    }

    @Override
    public String name() {
        return "other";
    }
}
