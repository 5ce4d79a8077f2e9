package dev.waypost.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.testing.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsIdentityTest {
    private static final TestCertificate AUTHORITY = TestCertificate.authority("authority.example");
    private static final TestCertificate LEAF = AUTHORITY.issue("dns.example");
    private static final ASN1ObjectIdentifier SECP256R1 = SECObjectIdentifiers.secp256r1;
    private static final TestCertificate RSA = AUTHORITY.issue("rsa.example", TestCertificate.rsaKeys());

    @TempDir
    private Path folder;

    private TlsIdentity read(String certificates, String key) {
        return TlsIdentity.read(write("cert.pem", certificates), write("key.pem", key));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    static Stream<KeyPair> everyKind() {
        return Stream.of(
                RSA.keys(),
                TestCertificate.ecKeys("secp256r1"),
                TestCertificate.ecKeys("secp384r1"),
                TestCertificate.ecKeys("secp521r1"),
                TestCertificate.edKeys());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    @DisplayName("RFC 5208 section 5: keys of every kind are read from PKCS #8, the chain in its order")
    void pkcs8IsRead(KeyPair keys) {
        TestCertificate issued = AUTHORITY.issue("dns.example", keys);

        TlsIdentity identity = read(issued.chainPem(), issued.keyPem());

        assertThat(identity.key()).isEqualTo(keys.getPrivate());
        assertThat(identity.chain()).containsExactly(issued.certificate(), AUTHORITY.certificate());
    }

    @Test
    @DisplayName("RFC 8017 appendix A.1.2: an RSA key is read as PKCS #1")
    void pkcs1IsRead() {
        assertThat(read(RSA.chainPem(), RSA.bareKeyPem()).key())
                .isEqualTo(RSA.keys().getPrivate());
    }

    @Test
    @DisplayName("RFC 5915 section 3: an EC key is read as SEC 1 where it or EC PARAMETERS names the curve")
    void sec1IsRead() throws IOException {
        BigInteger secret = ((ECPrivateKey) LEAF.keys().getPrivate()).getS();
        byte[] naming = new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, SECP256R1).getEncoded();
        byte[] bare = new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret).getEncoded();

        String named = TestCertificate.pem("EC PRIVATE KEY", naming);
        String behind = TestCertificate.pem("EC PARAMETERS", SECP256R1.getEncoded())
                + TestCertificate.pem("EC PRIVATE KEY", bare);

        for (String key : List.of(named, behind)) {
            assertThat(read(LEAF.chainPem(), key).key())
                    .isInstanceOfSatisfying(
                            ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(secret));
        }
        assertThatThrownBy(() -> read(LEAF.chainPem(), TestCertificate.pem("EC PRIVATE KEY", bare)))
                .hasMessageContaining("key.pem:1: wants a key as \"EC PRIVATE KEY\" says: the key names no curve");
    }

    @Test
    @DisplayName("RFC 7468 section 2: text between the blocks is for people; key and chain may stand in one file")
    void oneFileMayHoldBoth() {
        Path both = write("both.pem", "Subject: dns.example\n" + LEAF.keyPem() + "\nand\r\n" + LEAF.chainPem());

        assertThat(TlsIdentity.read(both, both).chain()).hasSize(2);
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() -> read(LEAF.chainPem(), AUTHORITY.keyPem()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("key.pem: is not the key of the first certificate of ");
        assertThatThrownBy(() -> read(LEAF.chainPem(), RSA.keyPem())).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | key.pem: wants a private key, found no PEM block",
                "-----BEGIN PRIVATE KEY----- | key.pem:1: \"PRIVATE KEY\" has no END line",
                "'x\n-----BEGIN A-----\n-----END B-----' | key.pem:3: END wants \"A\", found \"-----END B-----\"",
                "'-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----' | key.pem:2: wants base64",
                "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' | key.pem:1: wants a key as",
                "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----' | key.pem:1: wants a key as",
                "'-----BEGIN EC PRIVATE KEY-----\nMIT/////\n-----END EC PRIVATE KEY-----' | the key is cut off",
                "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----' | key.pem:1: wants a key as",
                "'-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----' | only PKCS #8, RSA and EC",
                "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----' | without a password",
                "'-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n-----END RSA PRIVATE KEY-----' | key.pem:2: wants a key without a password",
            })
    void aKeyThatCannotBeReadIsRefusedWithItsPlace(String key, String fault) {
        assertThatThrownBy(() -> read(LEAF.chainPem(), key))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void certificatesThatCannotBeReadAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> read(LEAF.keyPem(), LEAF.keyPem()))
                .hasMessageContaining("cert.pem: wants a certificate, found [PRIVATE KEY]");
        assertThatThrownBy(() -> read(TestCertificate.pem("CERTIFICATE", new byte[9]), LEAF.keyPem()))
                .hasMessageContaining("cert.pem:1: wants an X.509 certificate");
        assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("none.pem"), folder.resolve("none.pem")))
                .hasMessageContaining("none.pem: cannot be read");
    }

    @Test
    void aFileOfAnySizeIsNotReadIntoMemory() {
        Path large = write("large.pem", "x".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> PemFile.read(large)).hasMessageContaining("at most 1 MiB");
    }

    @Test
    void theKeyIsKeptOutOfLogs() {
        assertThat(read(LEAF.chainPem(), LEAF.keyPem())).hasToString("TlsIdentity[CN=dns.example]");
    }
}
