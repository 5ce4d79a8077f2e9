package dev.waypost.forwarding;

import dev.waypost.pem.TlsIdentity;
import dev.waypost.testing.TestCertificate;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** An authority, and contexts of those it vouches for and of those who trust it. */
final class TlsKit {
    final TestCertificate authority = TestCertificate.authority("Test authority");
    final AtomicInteger checks = new AtomicInteger();

    /** A server at 127.0.0.1. */
    SSLContext server() {
        return server(authority.issue("server"));
    }

    SSLContext server(TestCertificate certificate) {
        TlsIdentity identity = new TlsIdentity(certificate.keys().getPrivate(), List.of(certificate.certificate()));
        return TlsContexts.of(Optional.of(identity), List.of(authority.certificate()));
    }

    SSLContext client() {
        return TlsContexts.of(Optional.empty(), List.of(authority.certificate()));
    }

    SSLContext client(TestCertificate certificate) {
        return server(certificate);
    }

    /** A client that counts the certificates it checks: with a session that is taken up again there is none. */
    SSLContext countingClient() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new TrustManager[] {new Counting((X509ExtendedTrustManager) factory.getTrustManagers()[0])},
                    null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final class Counting extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager trust;

        Counting(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checks.incrementAndGet();
            trust.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no sockets here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("whose certificate is not known");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
