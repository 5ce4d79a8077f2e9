package dev.waypost.examples.clients;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** OkHttp asks this for each new connection: {@code new OkHttpClient.Builder().dns(new OkHttpNames(engine))}. */
record OkHttpNames(DnsEngine engine) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Lookup<List<InetAddress>> lookup = engine.addresses(host);
        if (lookup instanceof Lookup.Found<List<InetAddress>> found) {
            return found.value();
        }
        throw new UnknownHostException(host + ": " + lookup);
    }
}
