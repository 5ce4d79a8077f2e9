package dev.waypost.examples.clients;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Apache HttpClient asks this for each new connection: {@code
 * PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(new ApacheNames(engine))}.
 */
record ApacheNames(DnsEngine engine) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return found(host).value().toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return found(host).name().toString(true);
    }

    private Lookup.Found<List<InetAddress>> found(String host) throws UnknownHostException {
        Lookup<List<InetAddress>> lookup = engine.addresses(host);
        if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
            return found;
        }
        throw new UnknownHostException(host + ": " + lookup);
    }
}
