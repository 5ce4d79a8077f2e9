package dev.waypost.grpc;

import dev.waypost.engine.DnsEngine;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code waypost:} targets of gRPC channels with an engine. A channel is told of every change of its service, so
 * no server has to close connections to be found again.
 *
 * <pre>{@code
 * NameResolverRegistry.getDefaultRegistry().register(new WaypostNameResolverProvider(engine));
 * Grpc.newChannelBuilder("waypost:///orders.shop:9000", credentials).defaultLoadBalancingPolicy("round_robin")
 * }</pre>
 *
 * <p>A target with a port is a host, and every address of it is one server; one without is the owner of SRV records, and
 * every record is one.
 */
public final class WaypostNameResolverProvider extends NameResolverProvider {
    /** The scheme of its targets. */
    public static final String SCHEME = "waypost";

    private static final int PRIORITY = 5;

    private final DnsEngine engine;

    /**
     * A provider over an engine.
     *
     * @param engine started; it stays the caller's to close, after the channels
     */
    public WaypostNameResolverProvider(DnsEngine engine) {
        this.engine = engine;
    }

    /**
     * A resolver for a target.
     *
     * @return null for another scheme, as gRPC wants it
     * @throws IllegalArgumentException for a {@code waypost:} target that names no host
     */
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return SCHEME.equals(target.getScheme())
                ? new WaypostNameResolver(engine.watches(), Target.of(target), args)
                : null;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return PRIORITY;
    }
}
