package dev.waypost.agent;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The program's classes, and of the resolver providers on its class path none but the agent's. The JDK takes the first that
 * it finds through the context class loader, and without this that would be dnsjava's wherever the program uses dnsjava.
 */
final class AgentFirst extends ClassLoader {
    private static final String PROVIDERS = "META-INF/services/java.net.spi.InetAddressResolverProvider";

    private final URL mine;

    AgentFirst(File jar, ClassLoader program) throws IOException {
        super(program);
        this.mine = new URL("jar:" + jar.toURI().toURL() + "!/" + PROVIDERS);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(PROVIDERS) ? Collections.enumeration(Collections.singleton(mine)) : super.getResources(name);
    }
}
