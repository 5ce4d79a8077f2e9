package dev.waypost.socket;

import dev.waypost.testing.TestCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows its certificate whatever authorities the server names: the JDK's own shows none that they did not sign. */
final class InsistentClient extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final TestCertificate shown;

    InsistentClient(TestCertificate shown) {
        this.shown = shown;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {shown.certificate(), shown.issuer()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return shown.keys().getPrivate();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("a client");
    }
}
