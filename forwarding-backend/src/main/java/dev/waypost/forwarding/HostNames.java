package dev.waypost.forwarding;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.forwarding.transport.IoLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Finds the addresses of upstreams that are given by host name: asks resolvers that are told for it, again and again until
 * there is an address. The JVM's resolver has no part in it. Belongs to the loop's thread.
 */
final class HostNames implements AutoCloseable {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final System.Logger LOG = System.getLogger(HostNames.class.getName());

    private final IoLoop loop;
    private final Ticker ticker;
    private final Forwarder resolver;
    private final BiConsumer<UpstreamAddress, List<UpstreamAddress>> found;
    private final Set<UpstreamAddress> wanted = new HashSet<>();
    private volatile boolean closed;

    /**
     * @param found told, on the loop's thread, the addresses of an upstream
     */
    HostNames(
            IoLoop loop,
            Ticker ticker,
            List<InetSocketAddress> resolvers,
            BiConsumer<UpstreamAddress, List<UpstreamAddress>> found) {
        this.loop = loop;
        this.ticker = ticker;
        this.found = found;
        ForwarderBuilder builder = Forwarder.builder().ticker(ticker).policy(UpstreamPolicy.SEQUENTIAL);
        resolvers.forEach(builder::upstream);
        this.resolver = builder.build();
    }

    /** Begins to look for them, unless it is closed. */
    void find(List<UpstreamAddress> named) {
        resolver.start();
        if (closed) { // by whoever did not wait for the loop any longer, before there was anything to close
            resolver.close();
            return;
        }
        wanted.addAll(named);
        named.forEach(each -> find(each, FIRST_PAUSE_NANOS));
    }

    private void find(UpstreamAddress upstream, long pauseNanos) {
        CompletionStage<List<UpstreamAddress>> addresses = addresses(upstream, Type.A)
                .thenCombine(addresses(upstream, Type.AAAA), (four, six) -> {
                    List<UpstreamAddress> all = new ArrayList<>(four);
                    all.addAll(six);
                    return all;
                });
        var unused = addresses.whenComplete(
                (all, fault) -> loop.execute(() -> settle(upstream, fault == null ? all : List.of(), pauseNanos)));
    }

    private void settle(UpstreamAddress upstream, List<UpstreamAddress> addresses, long pauseNanos) {
        if (addresses.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "no address found for the upstream {0} yet", upstream);
            loop.at(loop.now() + pauseNanos, () -> find(upstream, Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS)));
            return;
        }
        found.accept(upstream, addresses);
        wanted.remove(upstream);
        if (wanted.isEmpty()) {
            close();
        }
    }

    private CompletionStage<List<UpstreamAddress>> addresses(UpstreamAddress upstream, int type) {
        Query query = Query.of(name(upstream), type).withDeadline(ticker.nanoTime() + Query.DEFAULT_TIMEOUT.toNanos());
        Resolution resolution = resolver.resolve(query);
        CompletionStage<Resolution> settled = resolution instanceof Pending pending
                ? pending.settled()
                : CompletableFuture.completedFuture(resolution);
        return settled.thenApply(
                each -> each instanceof Response response ? addresses(upstream, response, type) : List.of());
    }

    private static Name name(UpstreamAddress upstream) {
        try {
            return Name.fromString(upstream.address().getHostString(), Name.root);
        } catch (TextParseException unreadable) {
            throw new IllegalStateException("a host name that was read before", unreadable);
        }
    }

    private static List<UpstreamAddress> addresses(UpstreamAddress upstream, Response response, int type) {
        List<UpstreamAddress> addresses = new ArrayList<>();
        for (RecordSet set : response.answer()) {
            for (int i = 0; set.type() == type && i < set.size(); i++) {
                addresses.add(upstream.at(address(set.rdata(i))));
            }
        }
        return addresses;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address record of " + octets.length + " octets", impossible);
        }
    }

    /** From any thread. */
    @Override
    public void close() {
        closed = true;
        resolver.close();
    }
}
