package dev.waypost.jvm;

import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.Lookup;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks the engine for the names of its zones, and the built-in resolver for everything else: without an engine, before
 * it is ready, for localhost and the hosts kept out, and for names that no zone of it holds, aliases' targets too.
 */
final class EngineInetResolver implements InetAddressResolver {
    private final InetAddressResolver builtin;

    EngineInetResolver(InetAddressResolver builtin) {
        this.builtin = builtin;
    }

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
        DnsEngine engine = WaypostJvm.engine();
        if (engine == null || WaypostJvm.isBuiltin(host) || !ready(engine)) {
            return builtin.lookupByName(host, policy);
        }
        Lookup<List<InetAddress>> lookup;
        try {
            lookup = engine.addresses(host);
        } catch (IllegalArgumentException notADomainName) {
            return builtin.lookupByName(host, policy);
        }
        if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
            return wanted(host, found.value(), policy);
        }
        if (lookup instanceof Lookup.Elsewhere<List<InetAddress>> elsewhere) {
            return builtin.lookupByName(elsewhere.target().toString(true), policy);
        }
        if (holds(engine, host)) {
            throw new UnknownHostException(host + ": " + lookup);
        }
        return builtin.lookupByName(host, policy);
    }

    private static boolean ready(DnsEngine engine) {
        return engine.readiness().values().stream().allMatch(Readiness::ready);
    }

    private static boolean holds(DnsEngine engine, String host) {
        try {
            return engine.holds(Name.fromString(host, Name.root));
        } catch (TextParseException notADomainName) {
            return false;
        }
    }

    private static Stream<InetAddress> wanted(String host, List<InetAddress> addresses, LookupPolicy policy)
            throws UnknownHostException {
        int asked = policy.characteristics();
        List<InetAddress> wanted = addresses.stream()
                .filter(address -> address instanceof Inet4Address && (asked & LookupPolicy.IPV4) != 0
                        || address instanceof Inet6Address && (asked & LookupPolicy.IPV6) != 0)
                .sorted(order(asked))
                .toList();
        if (wanted.isEmpty()) {
            throw new UnknownHostException(host + ": no address of a family this JVM asks for");
        }
        return wanted.stream();
    }

    /** A stable sort: within a family the engine's order stays. */
    private static Comparator<InetAddress> order(int asked) {
        if ((asked & LookupPolicy.IPV4_FIRST) != 0) {
            return Comparator.comparing(Inet6Address.class::isInstance);
        }
        if ((asked & LookupPolicy.IPV6_FIRST) != 0) {
            return Comparator.comparing(Inet4Address.class::isInstance);
        }
        return (one, other) -> 0;
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        DnsEngine engine = WaypostJvm.engine();
        if (engine != null && ready(engine)) {
            Optional<String> name = reverse(engine, address);
            if (name.isPresent()) {
                return name.get();
            }
        }
        return builtin.lookupByAddress(address);
    }

    /** The first PTR target, from memory; an upstream's reverse zones are the built-in resolver's to ask. */
    private static Optional<String> reverse(DnsEngine engine, byte[] address) {
        Name qname = ReverseMap.fromAddress(address);
        if (!(engine.resolve(Query.of(qname, Type.PTR)) instanceof Response response)) {
            return Optional.empty();
        }
        return response.answer().stream()
                .filter(set -> set.type() == Type.PTR)
                .flatMap(set -> set.records().stream())
                .map(record -> ((PTRRecord) record).getTarget().toString(true))
                .findFirst();
    }
}
