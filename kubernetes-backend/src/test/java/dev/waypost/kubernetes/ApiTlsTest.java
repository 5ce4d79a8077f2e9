package dev.waypost.kubernetes;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An API server over TLS that wants a client certificate")
class ApiTlsTest {
    @TempDir
    private Path folder;

    private CertificateFiles files;
    private WireMockServer wire;

    @BeforeEach
    void start() throws Exception {
        files = new CertificateFiles(folder);
        wire = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(files.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(CertificateFiles.PASSWORD)
                .keyManagerPassword(CertificateFiles.PASSWORD)
                .needClientAuth(true)
                .trustStorePath(files.trustStore().toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(CertificateFiles.PASSWORD));
        wire.start();
        wire.stubFor(any(anyUrl()).willReturn(okJson("{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}")));
    }

    @AfterEach
    void stop() {
        wire.stop();
    }

    private URI url() {
        return URI.create("https://127.0.0.1:" + wire.httpsPort());
    }

    @Test
    void clientCertificateOpensTheApi() throws Exception {
        try (KubernetesBackend backend = KubernetesBackend.api(url())
                .tls(files.certificatePem(), files.keyPem(), files.authorityPem())
                .timings(WatchedCluster.QUICK)
                .build()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
        }
    }

    @Test
    void clientCertificateOfAKubeconfigOpensTheApi() throws Exception {
        Path config = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: here, cluster: {server: "%s", certificate-authority: "%s"}}
                users:
                - {name: me, user: {client-certificate: "%s", client-key: "%s"}}
                contexts:
                - {name: right, context: {cluster: here, user: me}}
                current-context: right
                """.formatted(
                        url(), files.authorityPem(), files.certificatePem(), files.keyPem()));
        try (KubernetesBackend backend = KubernetesBackend.kubeconfig(config)
                .timings(WatchedCluster.QUICK)
                .build()) {
            backend.start();
            await().until(() -> backend.readiness().ready());
        }
    }

    @Test
    @DisplayName("68: a server that cannot prove itself is not believed, and the reason is told")
    void unknownAuthorityIsRefused() {
        try (KubernetesBackend backend =
                KubernetesBackend.api(url()).timings(WatchedCluster.QUICK).build()) {
            backend.start();
            await().until(() -> backend.readiness().reason().contains("SSLHandshakeException"));
        }
    }
}
