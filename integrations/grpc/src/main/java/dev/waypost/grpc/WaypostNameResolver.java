package dev.waypost.grpc;

import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.ServiceInstance;
import dev.waypost.lookup.Subscription;
import dev.waypost.lookup.Watches;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a channel of every change of its service. Called in the channel's synchronization context, as gRPC promises. */
final class WaypostNameResolver extends NameResolver {
    private final Watches watches;
    private final Target target;
    private final SynchronizationContext context;
    private @Nullable Subscription watch;

    WaypostNameResolver(Watches watches, Target target, Args args) {
        this.watches = watches;
        this.target = target;
        this.context = args.getSynchronizationContext();
    }

    @Override
    public String getServiceAuthority() {
        return target.authority();
    }

    @Override
    public void start(Listener2 listener) {
        watch = target.port().isPresent()
                ? watch(listener, Question.addresses(target.host()), this::serversAt)
                : watch(listener, Question.services(target.host()), WaypostNameResolver::serversOf);
    }

    private <T> Subscription watch(
            Listener2 listener, Question<T> question, Function<T, List<EquivalentAddressGroup>> servers) {
        return watches.watch(
                question,
                lookup -> listener.onResult2(ResolutionResult.newBuilder()
                        .setAddressesOrError(result(lookup, servers))
                        .build()),
                context::execute);
    }

    private <T> StatusOr<List<EquivalentAddressGroup>> result(
            Lookup<T> lookup, Function<T, List<EquivalentAddressGroup>> servers) {
        return lookup instanceof Lookup.Found<T> found
                ? StatusOr.fromValue(servers.apply(found.value()))
                : StatusOr.fromStatus(Status.UNAVAILABLE.withDescription(target.host() + ": " + lookup));
    }

    private List<EquivalentAddressGroup> serversAt(List<InetAddress> addresses) {
        int port = target.port().orElseThrow();
        return addresses.stream()
                .map(address -> new EquivalentAddressGroup(new InetSocketAddress(address, port)))
                .toList();
    }

    private static List<EquivalentAddressGroup> serversOf(List<ServiceInstance> instances) {
        return instances.stream()
                .filter(instance -> !instance.addresses().isEmpty())
                .map(instance -> new EquivalentAddressGroup(instance.addresses().stream()
                        .map(address -> new InetSocketAddress(address, instance.port()))
                        .map(SocketAddress.class::cast)
                        .toList()))
                .toList();
    }

    /** Nothing to do: what changed has been told already. */
    @Override
    public void refresh() {}

    @Override
    public void shutdown() {
        if (watch != null) {
            watch.close();
        }
    }
}
