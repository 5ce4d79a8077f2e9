package dev.waypost.netty;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.AddressFamily;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** One event loop's resolver: it holds nothing, so closing it closes nothing. */
final class WaypostNameResolver extends InetNameResolver {
    /** What Netty is told on the command line ({@code java.net.preferIPv4Stack}, {@code ...preferIPv6Addresses}). */
    private static final AddressFamily FAMILY = NetUtil.isIpV4StackPreferred()
            ? AddressFamily.IPV4
            : NetUtil.isIpV6AddressesPreferred() ? AddressFamily.IPV6_FIRST : AddressFamily.IPV4_FIRST;

    private final DnsEngine engine;

    WaypostNameResolver(EventExecutor executor, DnsEngine engine) {
        super(executor);
        this.engine = engine;
    }

    /** One address, of the family that comes first, and of that any: connections spread over a service. */
    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
        lookUp(host).whenComplete((lookup, thrown) -> {
            if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
                promise.trySuccess(anyOfTheFirstFamily(found.value()));
            } else {
                promise.tryFailure(unknown(host, lookup, thrown));
            }
        });
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
        lookUp(host).whenComplete((lookup, thrown) -> {
            if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
                promise.trySuccess(found.value());
            } else {
                promise.tryFailure(unknown(host, lookup, thrown));
            }
        });
    }

    private CompletionStage<Lookup<List<InetAddress>>> lookUp(String host) {
        return engine.lookupLater(Question.addresses(host, FAMILY));
    }

    private static InetAddress anyOfTheFirstFamily(List<InetAddress> addresses) {
        Class<?> family = addresses.get(0).getClass();
        List<InetAddress> same = addresses.stream().filter(family::isInstance).toList();
        return same.get(ThreadLocalRandom.current().nextInt(same.size()));
    }

    private static UnknownHostException unknown(String host, Object lookup, Throwable thrown) {
        UnknownHostException unknown = new UnknownHostException(host + ": " + (thrown == null ? lookup : thrown));
        unknown.initCause(thrown);
        return unknown;
    }
}
