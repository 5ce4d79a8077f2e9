package dev.waypost.socket.tls;

import dev.waypost.ConfigurationException;
import dev.waypost.pem.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's TLS for one state of a listener's files; its sessions are resumed for as long as that state is in use. */
final class TlsContext {
    /** RFC 7858's name in the registry of RFC 7301. */
    private static final String DOT = "dot";

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** What the JDK's TLS can sign with; an Ed25519 key would fail at each handshake only. */
    private static final Set<String> KEY_ALGORITHMS = Set.of("RSA", "RSASSA-PSS", "EC");

    private final TlsFiles.Contents contents;
    private final X509Certificate certificate;
    private final ClientAuthentication clients;
    private final SSLContext context;

    private TlsContext(
            TlsFiles.Contents contents, TlsIdentity identity, ClientAuthentication clients, SSLContext context) {
        this.contents = contents;
        this.certificate = identity.chain().get(0);
        this.clients = clients;
        this.context = context;
    }

    /**
     * @throws ConfigurationException when the contents cannot be used
     */
    static TlsContext of(TlsFiles files, TlsFiles.Contents contents) {
        TlsIdentity identity = TlsIdentity.of(contents.certificates(), contents.key());
        String algorithm = identity.key().getAlgorithm();
        if (!KEY_ALGORITHMS.contains(algorithm)) {
            throw ConfigurationException.of(files.key().toString(), "wants an RSA or EC key, found " + algorithm);
        }
        List<X509Certificate> trusted =
                contents.authorities().map(file -> file.certificates()).orElse(List.of());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), trust(files.clients(), trusted), null);
            return new TlsContext(contents, identity, files.clients(), context);
        } catch (GeneralSecurityException | IOException unusable) {
            throw ConfigurationException.of(
                    files.certificates().toString(), "cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyManager[] keys(TlsIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        char[] noPassword = new char[0];
        store.setKeyEntry("key", identity.key(), noPassword, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, noPassword);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(ClientAuthentication clients, List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (!clients.isVerified()) {
            return new TrustManager[] {new AnyClient()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : storeOf(authorities)); // null: those that the JDK trusts
        return factory.getTrustManagers();
    }

    private static KeyStore storeOf(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority" + i, authorities.get(i));
        }
        return store;
    }

    /** An engine for one stream. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(new String[] {DOT});
        if (clients.isRequired()) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(clients != ClientAuthentication.NONE);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    boolean isOf(TlsFiles.Contents others) {
        return contents.equals(others);
    }

    /** When the certificate ends. */
    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }
}
