package dev.waypost.forwarding;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How TLS is spoken to upstreams: 1.2 and 1.3, the peer's certificate checked always, against the server name where there is
 * one and against the address where there is none. Sessions are kept by the context, by peer, so that a second connection
 * costs less than the first.
 */
record UpstreamTls(SSLContext context) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** The engine of a connection to an upstream. */
    SSLEngine engine(UpstreamAddress upstream) {
        String peer = upstream.serverName().isEmpty()
                ? upstream.address().getAddress().getHostAddress()
                : upstream.serverName();
        SSLEngine engine = context.createSSLEngine(peer, upstream.address().getPort());
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(upstream));
        return engine;
    }

    SSLParameters parameters(UpstreamAddress upstream) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS.clone());
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the rules for names in certificates: RFC 6125
        if (!upstream.serverName().isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(upstream.serverName())));
        }
        return parameters;
    }
}
