package dev.waypost.examples.server;

import dev.waypost.engine.DnsEngine;
import dev.waypost.engine.ListenPoint;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.layer.AnswerRotation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The cluster in this jar: {@code sample-cluster.yaml}, served without an API server. */
final class SampleCluster {
    /** Where it is served unless told otherwise; no right of root is needed. */
    static final int PORT = 1053;

    private static final String RESOURCE = "/sample-cluster.yaml";

    private SampleCluster() {}

    static DnsEngine engine(int port) {
        return DnsEngine.builder()
                .backend(KubernetesBackend.builder()
                        .manifest(text(), RESOURCE.substring(1))
                        .zones("cluster.local", "in-addr.arpa", "ip6.arpa")
                        .build())
                .layer(new AnswerRotation())
                .listen(new ListenPoint("dns", "127.0.0.1", port))
                .build();
    }

    /** The names to ask for, and a line to try. */
    static List<String> tryThis(int port) {
        return List.of(
                "  web.shop.svc.cluster.local              ClusterIP, 192.0.2.10",
                "  orders.shop.svc.cluster.local           headless, three endpoints",
                "  orders-0.orders.shop.svc.cluster.local  one of them",
                "  _grpc._tcp.orders.shop.svc.cluster.local  SRV",
                "  billing.shop.svc.cluster.local          dual-stack, A and AAAA",
                "  partner.shop.svc.cluster.local          ExternalName, a CNAME",
                "try: dig @127.0.0.1 -p " + port + " orders.shop.svc.cluster.local");
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
