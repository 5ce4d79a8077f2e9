package dev.waypost.netty;

import dev.waypost.engine.DnsEngine;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;

/**
 * Resolves the hosts that Netty connects to with an engine: names of the cluster without a socket, a thread or a cache of
 * their own, and a change in the next connection.
 *
 * <pre>{@code
 * bootstrap.resolver(new WaypostAddressResolverGroup(engine));      // Netty
 * HttpClient.create().resolver(new WaypostAddressResolverGroup(engine)); // Reactor Netty
 * }</pre>
 *
 * <p>All names are the engine's: give it a forwarder for the root where others are to be reached too.
 */
public final class WaypostAddressResolverGroup extends AddressResolverGroup<InetSocketAddress> {
    private final DnsEngine engine;

    /**
     * A group over an engine.
     *
     * @param engine started; it stays the caller's to close
     */
    public WaypostAddressResolverGroup(DnsEngine engine) {
        this.engine = engine;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new WaypostNameResolver(executor, engine).asAddressResolver();
    }
}
