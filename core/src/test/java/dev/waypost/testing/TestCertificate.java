package dev.waypost.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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

/**
 * A certificate with its key, made for a test, and both as PEM in every form that tools write. A module whose tests use it
 * has org.bouncycastle:bcpkix-jdk18on in test scope.
 *
 * @param certificate for 127.0.0.1 and ::1, valid from yesterday to tomorrow
 * @param keys its keys
 * @param issuer who signed it; itself for an authority
 */
public record TestCertificate(X509Certificate certificate, KeyPair keys, X509Certificate issuer) {
    private static final GeneralNames LOOPBACK = new GeneralNames(new GeneralName[] {
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.iPAddress, "::1")
    });

    /** An authority of this name, signed by itself. */
    public static TestCertificate authority(String commonName) {
        KeyPair keys = ecKeys("secp256r1");
        X500Name name = new X500Name("CN=" + commonName);
        X509Certificate certificate = signed(name, name, keys, keys, Optional.empty());
        return new TestCertificate(certificate, keys, certificate);
    }

    /** A certificate of this name, with EC keys, signed by this one. */
    public TestCertificate issue(String commonName) {
        return issue(commonName, ecKeys("secp256r1"));
    }

    /** A certificate of this name, signed by this one. */
    public TestCertificate issue(String commonName, KeyPair own) {
        return issue(commonName, own, LOOPBACK);
    }

    /** A certificate for this host name and no address, with EC keys, signed by this one. */
    public TestCertificate issueForHost(String hostName) {
        return issue(hostName, ecKeys("secp256r1"), new GeneralNames(new GeneralName(GeneralName.dNSName, hostName)));
    }

    private TestCertificate issue(String commonName, KeyPair own, GeneralNames hosts) {
        X500Name issued = new X500Name(certificate.getSubjectX500Principal().getName());
        X500Name name = new X500Name("CN=" + commonName);
        return new TestCertificate(signed(issued, name, own, keys, Optional.of(hosts)), own, certificate);
    }

    public static KeyPair rsaKeys() {
        return keys("RSA", generator -> generator.initialize(2048));
    }

    public static KeyPair ecKeys(String curve) {
        return keys("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    public static KeyPair edKeys() {
        return keys("Ed25519", generator -> {});
    }

    private interface Settings {
        void apply(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair keys(String algorithm, Settings settings) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            settings.apply(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param hosts whom it stands for; an authority stands for none
     */
    private static X509Certificate signed(
            X500Name issuer, X500Name subject, KeyPair keys, KeyPair signer, Optional<GeneralNames> hosts) {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
        String algorithm = signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(hosts.isEmpty()));
            builder.addExtension(Extension.subjectAlternativeName, false, hosts.orElse(LOOPBACK));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The certificate, and behind it the one that signed it. */
    public String chainPem() {
        return certificatePem() + issuerPem();
    }

    public String certificatePem() {
        return pem(certificate);
    }

    public String issuerPem() {
        return pem(issuer);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key as PKCS #8. */
    public String keyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** The key in the form of its algorithm alone: PKCS #1 for RSA, SEC 1 for EC. */
    public String bareKeyPem() {
        String label = keys.getPrivate().getAlgorithm() + " PRIVATE KEY";
        return pem(label, bareKey());
    }

    private byte[] bareKey() {
        try {
            return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One PEM block. */
    public static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Writes {@code cert.pem} with the chain and {@code key.pem} with the key into a folder, one after the other. */
    public void write(Path folder) {
        try {
            Files.writeString(folder.resolve("cert.pem"), chainPem());
            Files.writeString(folder.resolve("key.pem"), keyPem());
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    /** Writes the certificate alone. */
    public void writeCertificate(Path file) {
        try {
            Files.writeString(file, certificatePem());
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }
}
