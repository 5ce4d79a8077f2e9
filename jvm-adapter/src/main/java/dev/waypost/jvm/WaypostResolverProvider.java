package dev.waypost.jvm;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/** Found by the JDK through {@link java.util.ServiceLoader}; users call {@link WaypostJvm}. */
public final class WaypostResolverProvider extends InetAddressResolverProvider {
    /** For the JDK. */
    public WaypostResolverProvider() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        WaypostJvm.chosen();
        return new EngineInetResolver(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "waypost";
    }
}
