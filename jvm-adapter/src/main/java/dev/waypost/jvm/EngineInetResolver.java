package dev.waypost.jvm;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.AddressFamily;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;

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
        if (SelfCheck.isProbe(host)) {
            return Stream.of(SelfCheck.answer(host));
        }
        DnsEngine engine = WaypostJvm.engineFor(host);
        if (engine == null) {
            return builtin.lookupByName(host, policy);
        }
        Lookup<List<InetAddress>> lookup;
        try {
            lookup = engine.lookup(Question.addresses(host, family(policy)));
        } catch (IllegalArgumentException notADomainName) {
            return builtin.lookupByName(host, policy);
        }
        if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
            return found.value().stream();
        }
        if (lookup instanceof Lookup.Elsewhere<List<InetAddress>> elsewhere) {
            return builtin.lookupByName(elsewhere.target().toString(true), policy);
        }
        if (lookup instanceof Lookup.NoSuchName<List<InetAddress>> && !holds(engine, host)) {
            return builtin.lookupByName(host, policy);
        }
        throw new UnknownHostException(host + ": " + lookup);
    }

    private static boolean holds(DnsEngine engine, String host) {
        try {
            return engine.holds(Name.fromString(host, Name.root));
        } catch (TextParseException notADomainName) {
            return false;
        }
    }

    private static AddressFamily family(LookupPolicy policy) {
        int asked = policy.characteristics();
        if ((asked & LookupPolicy.IPV6) == 0) {
            return AddressFamily.IPV4;
        }
        if ((asked & LookupPolicy.IPV4) == 0) {
            return AddressFamily.IPV6;
        }
        return (asked & LookupPolicy.IPV6_FIRST) != 0 ? AddressFamily.IPV6_FIRST : AddressFamily.IPV4_FIRST;
    }

    /** From memory; an upstream's reverse zones are the built-in resolver's to ask. */
    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        DnsEngine engine = WaypostJvm.engineFor("");
        if (engine != null && isInMemory(engine, address)) {
            Question<List<Name>> question = Question.names(InetAddress.getByAddress(address));
            if (engine.lookup(question) instanceof Lookup.Found<List<Name>> found) {
                return found.value().get(0).toString(true);
            }
        }
        return builtin.lookupByAddress(address);
    }

    private static boolean isInMemory(DnsEngine engine, byte[] address) {
        return engine.holdsInMemory(ReverseMap.fromAddress(address));
    }
}
