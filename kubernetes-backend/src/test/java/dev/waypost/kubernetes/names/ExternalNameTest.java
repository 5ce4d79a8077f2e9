package dev.waypost.kubernetes.names;

import static dev.waypost.testing.DnsAssertions.assertThat;

import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.KubernetesBackend;
import dev.waypost.kubernetes.KubernetesBackendBuilder;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
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

    private static KubernetesBackend aliases(KubernetesBackendBuilder options, String... namesAndTargets) {
        StringBuilder manifest = new StringBuilder(SERVICES);
        for (int i = 0; i < namesAndTargets.length; i += 2) {
            manifest.append("---\n{kind: Service, metadata: {name: ")
                    .append(namesAndTargets[i])
                    .append(", namespace: shop}, spec: {type: ExternalName, externalName: '")
                    .append(namesAndTargets[i + 1])
                    .append("'}}\n");
        }
        KubernetesBackend backend = options.build();
        backend.replace(manifest.toString());
        return backend;
    }

    private static DnsEngine engine(KubernetesBackend backend) {
        return DnsEngine.builder()
                .backend(backend)
                .zone(Zones.zone("example", "api.partner 60 A 203.0.113.7", "six 60 AAAA 2001:db8::7"))
                .build()
                .start();
    }

    private static Resolution ask(DnsEngine engine, String label, int qtype) {
        return engine.resolve(Query.of(Zones.name(label + ".shop.svc.cluster.local"), qtype));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "2001:DB8:0:0:0:0:0:1"})
    void everyAddressLiteralIsNoName(String literal) {
        KubernetesBackend backend = aliases(KubernetesBackend.inMemory(), "address", literal);
        Transcript.check(backend, """
                address.shop.svc.cluster.local. A = NXDOMAIN
                address.shop.svc.cluster.local. AAAA = NXDOMAIN
                address.shop.svc.cluster.local. CNAME = NXDOMAIN
                address.shop.svc.cluster.local. TXT = NXDOMAIN
                """);
    }

    @Test
    void targetKeepsItsSpellingAndIsAbsolute() {
        KubernetesBackend backend = aliases(KubernetesBackend.inMemory(), "dotted", "API.example.", "single", "host");
        Transcript.check(backend, """
                dotted.shop.svc.cluster.local. CNAME = ALIAS API.example.
                single.shop.svc.cluster.local. CNAME = ALIAS host.
                """);
    }

    @Test
    void emptyServicesBeingIgnoredDoesNotTouchAliases() {
        Transcript.check(
                aliases(KubernetesBackend.inMemory().ignoreEmptyServices()),
                "partner.shop.svc.cluster.local. A = ALIAS API.Partner.Example.");
    }

    @Test
    void targetInTheClusterIsAnsweredTogetherWithTheAlias() {
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "inner", Type.A))
                    .answers(
                            "inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.",
                            "web.shop.svc.cluster.local. 5 A 192.0.2.10");
            assertThat(ask(engine, "inner", Type.CNAME))
                    .answers("inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.");
            assertThat(ask(engine, "inner", Type.AAAA))
                    .answers("inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.")
                    .hasSoa("cluster.local.", 5);
        }
    }

    @Test
    void targetInAnotherZoneOfTheEngineIsAnsweredTogetherWithTheAlias() {
        KubernetesBackend backend = aliases(KubernetesBackend.inMemory(), "six", "six.example");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "partner", Type.A))
                    .isAuthoritative()
                    .answers(
                            "partner.shop.svc.cluster.local. 5 CNAME API.Partner.Example.",
                            "API.Partner.Example. 60 A 203.0.113.7");
            assertThat(ask(engine, "six", Type.AAAA))
                    .answers("six.shop.svc.cluster.local. 5 CNAME six.example.", "six.example. 60 AAAA 2001:db8::7");
            assertThat(ask(engine, "partner", Type.AAAA))
                    .answers("partner.shop.svc.cluster.local. 5 CNAME API.Partner.Example.")
                    .hasSoa("example.", 60);
        }
    }

    @Test
    @DisplayName("RFC 6604 section 3: the RCODE is that of the last name")
    void missingTargetIsDeniedBehindItsAlias() {
        KubernetesBackend backend = aliases(
                KubernetesBackend.inMemory().namespaces("shop"),
                "here",
                "missing.shop.svc.cluster.local",
                "there",
                "missing.example",
                "hidden",
                "web.hidden.svc.cluster.local");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "here", Type.A))
                    .hasRcode(Rcode.NXDOMAIN)
                    .hasAnswer("here.shop.svc.cluster.local. 5 CNAME missing.shop.svc.cluster.local.")
                    .hasSoa("cluster.local.", 5);
            assertThat(ask(engine, "there", Type.A))
                    .hasRcode(Rcode.NXDOMAIN)
                    .hasAnswer("there.shop.svc.cluster.local. 5 CNAME missing.example.");
            assertThat(ask(engine, "hidden", Type.A))
                    .hasRcode(Rcode.NXDOMAIN)
                    .hasAnswer("hidden.shop.svc.cluster.local. 5 CNAME web.hidden.svc.cluster.local.");
        }
    }

    @Test
    void targetOfNobodyEndsTheChainWithTheAlias() {
        KubernetesBackend backend = aliases(KubernetesBackend.inMemory(), "away", "host.nobody.test");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "away", Type.A)).answers("away.shop.svc.cluster.local. 5 CNAME host.nobody.test.");
        }
    }

    @Test
    void chainInTheClusterIsFollowedToItsEnd() {
        KubernetesBackend backend = aliases(
                KubernetesBackend.inMemory(),
                "one",
                "two.shop.svc.cluster.local",
                "two",
                "inner.shop.svc.cluster.local");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "one", Type.A))
                    .answers(
                            "one.shop.svc.cluster.local. 5 CNAME two.shop.svc.cluster.local.",
                            "two.shop.svc.cluster.local. 5 CNAME inner.shop.svc.cluster.local.",
                            "inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.",
                            "web.shop.svc.cluster.local. 5 A 192.0.2.10");
        }
    }

    @Test
    void loopEndsWithEachAliasOnce() {
        KubernetesBackend backend = aliases(
                KubernetesBackend.inMemory(),
                "ping",
                "pong.shop.svc.cluster.local",
                "pong",
                "ping.shop.svc.cluster.local");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "loop", Type.A))
                    .answers("loop.shop.svc.cluster.local. 5 CNAME loop.shop.svc.cluster.local.");
            assertThat(ask(engine, "ping", Type.A))
                    .answers(
                            "ping.shop.svc.cluster.local. 5 CNAME pong.shop.svc.cluster.local.",
                            "pong.shop.svc.cluster.local. 5 CNAME ping.shop.svc.cluster.local.");
        }
    }

    @Test
    void aliasForANameBelowItselfLeadsNowhere() {
        KubernetesBackend backend = aliases(KubernetesBackend.inMemory(), "deep", "x.deep.shop.svc.cluster.local");
        try (DnsEngine engine = engine(backend)) {
            assertThat(ask(engine, "deep", Type.A))
                    .hasRcode(Rcode.NXDOMAIN)
                    .hasAnswer("deep.shop.svc.cluster.local. 5 CNAME x.deep.shop.svc.cluster.local.");
        }
    }

    @Test
    void chainThatIsTooLongEndsAfterElevenAliases() {
        String[] links = new String[30];
        for (int i = 0; i < links.length; i += 2) {
            links[i] = "link-" + i / 2;
            links[i + 1] = "link-" + (i / 2 + 1) + ".shop.svc.cluster.local";
        }
        try (DnsEngine engine = engine(aliases(KubernetesBackend.inMemory(), links))) {
            Response answer = (Response) ask(engine, "link-0", Type.A);
            assertThat(answer).hasRcode(Rcode.NOERROR);
            org.assertj.core.api.Assertions.assertThat(answer.answer()).hasSize(12);
        }
    }

    @Test
    void changeOfATargetIsInTheNextAnswer() {
        try (DnsEngine engine = engine(backend)) {
            Resolution before = ask(engine, "inner", Type.A);
            backend.apply("{kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 192.0.2.11}}");
            assertThat(before).holdsNoMore();
            assertThat(ask(engine, "inner", Type.A))
                    .answers(
                            "inner.shop.svc.cluster.local. 5 CNAME web.shop.svc.cluster.local.",
                            "web.shop.svc.cluster.local. 5 A 192.0.2.11");
        }
    }
}
