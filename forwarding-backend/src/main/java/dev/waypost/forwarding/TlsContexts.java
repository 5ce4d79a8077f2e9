package dev.waypost.forwarding;

import dev.waypost.pem.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts of what a configuration says. */
final class TlsContexts {
    private static final char[] NO_PASSWORD = {};

    private TlsContexts() {}

    /** Nobody proves who we are, and the JVM's authorities vouch for the peer. */
    static SSLContext usual() {
        return of(Optional.empty(), List.of());
    }

    /**
     * A context.
     *
     * @param identity what we prove ourselves by, if the peer asks
     * @param authorities who vouches for the peer; the JVM's own where there is none
     */
    static SSLContext of(Optional<TlsIdentity> identity, List<X509Certificate> authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity.isEmpty() ? null : keys(identity.get()),
                    authorities.isEmpty() ? null : trust(authorities),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("this JVM makes no TLS context of certificates it has read", impossible);
        }
    }

    private static KeyManager[] keys(TlsIdentity identity) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Certificate[] chain = identity.chain().toArray(Certificate[]::new);
        store.setKeyEntry("own", identity.key(), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority " + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }
}
