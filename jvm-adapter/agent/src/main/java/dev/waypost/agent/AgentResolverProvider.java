package dev.waypost.agent;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/** Hands the JVM's look-ups to the provider beside the program's class loaders. For the JDK. */
public final class AgentResolverProvider extends InetAddressResolverProvider {
    private static final String ISOLATED = "dev.waypost.jvm.WaypostResolverProvider";

    /** For the JDK. */
    public AgentResolverProvider() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        ClassLoader engine = WaypostAgent.engine();
        if (engine == null) { // the jar is on a class path, and no agent
            return configuration.builtinResolver();
        }
        try {
            Object provider =
                    engine.loadClass(ISOLATED).getDeclaredConstructor().newInstance();
            return ((InetAddressResolverProvider) provider).get(configuration);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(ISOLATED + " is not in the agent's jar", impossible);
        }
    }

    @Override
    public String name() {
        return "waypost-agent";
    }
}
