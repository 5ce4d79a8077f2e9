package dev.waypost.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority with a certificate for 127.0.0.1, as files: what a server and a client of a test prove themselves by. */
final class CertificateFiles {
    static final String PASSWORD = "changeit";

    private final Path folder;
    private final KeyPair keys;
    private final X509Certificate authority;
    private final X509Certificate leaf;

    CertificateFiles(Path folder) throws GeneralSecurityException, IOException, OperatorCreationException {
        this.folder = folder;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair authorityKeys = generator.generateKeyPair();
        this.keys = generator.generateKeyPair();
        X500Name issuer = new X500Name("CN=authority.example");
        this.authority = certificate(issuer, issuer, authorityKeys, authorityKeys, true);
        this.leaf = certificate(issuer, new X500Name("CN=leaf.example"), keys, authorityKeys, false);
    }

    private static X509Certificate certificate(
            X500Name issuer, X500Name subject, KeyPair keys, KeyPair signer, boolean signs)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(signs ? 1 : 2),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(signs));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
    }

    Path authorityPem() throws GeneralSecurityException, IOException {
        return pem("ca.pem", "CERTIFICATE", authority.getEncoded());
    }

    Path certificatePem() throws GeneralSecurityException, IOException {
        return pem("cert.pem", "CERTIFICATE", leaf.getEncoded());
    }

    Path keyPem() throws IOException {
        return pem("key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .encodeToString(content);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    /** The certificate and its key, PKCS #12. */
    Path keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("leaf", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {leaf, authority});
        return written(store, "keys.p12");
    }

    /** The authority alone, PKCS #12. */
    Path trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("authority", authority);
        return written(store, "trust.p12");
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path written(KeyStore store, String name) throws GeneralSecurityException, IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
