package dev.waypost.socket.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes any certificate of a client: where one is only asked for, nothing hangs on whose it is. */
final class AnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm) {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket) {
        throw notAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {
        throw notAClient();
    }

    private static UnsupportedOperationException notAClient() {
        return new UnsupportedOperationException("a server trusts no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
