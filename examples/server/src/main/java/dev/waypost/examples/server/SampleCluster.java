package dev.waypost.examples.server;

import dev.waypost.ListenPoint;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.PodRecords;
import dev.waypost.layer.AnswerRotation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xbill.DNS.Name;

/** The cluster in this jar: {@code sample-cluster.yaml}, served without an API server. */
final class SampleCluster {
    /** Where it is served unless told otherwise; no right of root is needed. */
    static final int PORT = 1053;

    private static final String HOST = "127.0.0.1";
    private static final String RESOURCE = "/sample-cluster.yaml";

    private final KubernetesBackend cluster = KubernetesBackend.inMemory()
            .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
            .pods(PodRecords.INSECURE)
            .serverAddresses(List.of(InetAddress.getLoopbackAddress()))
            .build();
    private final int port;

    /**
     * The packaged cluster.
     *
     * @param port 0..65535 on 127.0.0.1; 0 lets the system choose
     */
    SampleCluster(int port) {
        this.port = port;
        cluster.replace(text());
    }

    DnsEngine engine() {
        return DnsEngine.builder()
                .backend(cluster)
                .layer(new AnswerRotation())
                .listen(new ListenPoint("dns", HOST, port))
                .build();
    }

    /** The names there are. */
    List<Name> names() {
        return cluster.serviceNames();
    }

    private static String text() {
        try (InputStream in = SampleCluster.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
