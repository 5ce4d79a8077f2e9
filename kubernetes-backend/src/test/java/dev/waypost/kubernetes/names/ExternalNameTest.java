package dev.waypost.kubernetes.names;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Query;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("ExternalName services: specification 2.5")
class ExternalNameTest {
    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: partner, namespace: shop}
            spec: {type: ExternalName, externalName: API.Partner.Example}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: inner, namespace: shop}
            spec: {type: ExternalName, externalName: web.shop.svc.cluster.local}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: loop, namespace: shop}
            spec: {type: ExternalName, externalName: loop.shop.svc.cluster.local}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: literal, namespace: shop}
            spec: {type: ExternalName, externalName: 192.0.2.1}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: 192.0.2.10}
            """;

    private final KubernetesBackend backend = backend();

    private static KubernetesBackend backend() {
        KubernetesBackend backend = KubernetesBackend.inMemory().build();
        backend.replace(SERVICES);
        return backend;
    }

    @Test
    @DisplayName("RFC 1034 section 4.3.2 step 3a: an alias is found for every type")
    void everyTypeFindsTheAlias() {
        Transcript.check(backend, """
                partner.shop.svc.cluster.local. CNAME = ALIAS API.Partner.Example.
                partner.shop.svc.cluster.local. A = ALIAS API.Partner.Example.
                partner.shop.svc.cluster.local. AAAA = ALIAS API.Partner.Example.
                partner.shop.svc.cluster.local. SRV = ALIAS API.Partner.Example.
                partner.shop.svc.cluster.local. TXT = ALIAS API.Partner.Example.
                loop.shop.svc.cluster.local. CNAME = ALIAS loop.shop.svc.cluster.local.
                """);
    }

    @Test
    void nothingExistsBelowAnAlias() {
        Transcript.check(backend, """
                x.partner.shop.svc.cluster.local. A = NXDOMAIN
                _http._tcp.partner.shop.svc.cluster.local. SRV = NXDOMAIN
                """);
    }

    @Test
    void addressLiteralIsNoName() {
        Transcript.check(backend, """
                literal.shop.svc.cluster.local. A = NXDOMAIN
                literal.shop.svc.cluster.local. CNAME = NXDOMAIN
                """);
    }

    @Test
    void targetInTheClusterIsAnsweredTogetherWithTheAlias() {
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build().start()) {
            assertThat(engine.resolve(Query.of(Zones.name("inner.shop.svc.cluster.local"), Type.A)))
                    .answers(
                            "inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.",
                            "web.shop.svc.cluster.local. 5 A 192.0.2.10");
        }
    }
}
