package dev.waypost.kubernetes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.testing.Transcript;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

@DisplayName("70, 71, 76, 78: events in the wrong order, names that mislead, clocks that jump")
class EventFaultsTest {
    private final WatchedCluster cluster = new WatchedCluster(WatchedCluster.QUICK);
    private final ScriptedApiServer api = cluster.api();
    private final KubernetesBackend backend = cluster.backend();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void send(String type, String object) {
        api.send(SERVICES, "{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
    }

    private static String web(String uid, String version, String address) {
        return "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"" + uid + "\",\"resourceVersion\":\""
                + version + "\"},\"spec\":{\"clusterIP\":\"" + address + "\"}}";
    }

    private void marker() {
        api.putService("shop", "marker", "{\"clusterIP\":\"192.0.2.51\"}");
        cluster.answers("marker.shop.svc.cluster.local. A = 192.0.2.51");
    }

    @Test
    @DisplayName("70: repeated events and deletes of unknown objects change nothing")
    void eventsAreIdempotent() {
        cluster.startAndWait();
        Finding before = Transcript.find(backend, Zones.name("web.shop.svc.cluster.local"), Type.A);
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.10\"}");
        send("DELETED", ScriptedApiServer.object("shop", "never", ""));
        marker();
        assertThat(before).holds();
    }

    @Test
    @DisplayName("70: ADDED for a known object is a change, MODIFIED for an unknown one an addition")
    void typeOfAnEventIsNoCondition() {
        cluster.startAndWait();
        send("ADDED", web("u-web", "700", "192.0.2.60"));
        send("MODIFIED", ScriptedApiServer.object("shop", "new", ",\"spec\":{\"clusterIP\":\"192.0.2.61\"}"));
        cluster.answers("""
                web.shop.svc.cluster.local. A = 192.0.2.60
                new.shop.svc.cluster.local. A = 192.0.2.61
                """);
    }

    @Test
    @DisplayName("70: events of two objects in the other order come to the same")
    void orderOfDifferentObjectsDoesNotMatter() {
        cluster.startAndWait();
        // The slice of a service comes before the service, and goes after it.
        api.putSlice("shop", "late-1", "late", WatchedCluster.endpoints("198.51.100.9"));
        api.putService("shop", "late", "{\"clusterIP\":\"None\"}");
        cluster.answers("late.shop.svc.cluster.local. A = 198.51.100.9");
        api.remove(SERVICES, "shop", "late");
        cluster.answers("""
                late.shop.svc.cluster.local. A = NXDOMAIN
                9.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
        api.remove(SLICES, "shop", "late-1");
        api.putService("shop", "late", "{\"clusterIP\":\"None\"}");
        cluster.answers("198-51-100-9.late.shop.svc.cluster.local. A = NXDOMAIN");
    }

    @Test
    @DisplayName("70: what vanished unseen is taken away by the difference of the next list")
    void unseenDeletionsComeWithTheNextList() throws IOException {
        cluster.startAndWait();
        api.removeSilently(SLICES, "shop", "orders-1");
        api.forgetHistory(SLICES, true);
        api.cut(SLICES);
        cluster.answers("""
                orders.shop.svc.cluster.local. A = NXDOMAIN
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("71: deleted and made again under one name; the late delete of the old object changes nothing")
    void laterObjectOfOneNameWins() {
        cluster.startAndWait();
        send("ADDED", web("other", "900", "192.0.2.50"));
        api.remove(SERVICES, "shop", "web");
        marker();
        Transcript.check(backend, "web.shop.svc.cluster.local. A = 192.0.2.50");
    }

    @Test
    @DisplayName("71: a service made again has the slices of its new object only, once the old ones are gone")
    void noSliceOfTheOldServiceIsLeft() {
        cluster.startAndWait();
        api.remove(SERVICES, "shop", "orders");
        api.remove(SLICES, "shop", "orders-1");
        api.putService("shop", "orders", "{\"clusterIP\":\"None\"}");
        api.putSlice("shop", "orders-2", "orders", WatchedCluster.endpoints("198.51.100.2"));
        cluster.answers("""
                orders.shop.svc.cluster.local. A = 198.51.100.2
                1.100.51.198.in-addr.arpa. PTR = NXDOMAIN
                """);
    }

    @Test
    @DisplayName("76: nothing that waits reads the wall clock; only serials, measurements and files do")
    void wallClockMayJump() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.waypost.kubernetes.watch", "dev.waypost.kubernetes.snapshot"));
    }

    @Test
    @DisplayName("78: a namespace named like a TLD captures only what the search path leads to it")
    void namespaceNamedLikeATldHoldsNoOutsideName() {
        api.putNamespace("com");
        api.putService("com", "example", "{\"clusterIP\":\"192.0.2.66\"}");
        cluster.startAndWait();
        cluster.answers("""
                example.com.svc.cluster.local. A = 192.0.2.66
                www.example.com.svc.cluster.local. A = NXDOMAIN
                example.com.cluster.local. A = NXDOMAIN
                """);
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build()) {
            assertThat(engine.holds(Zones.name("example.com"))).isFalse();
        }
    }

    @Test
    @DisplayName("78: ExternalNames that lead in a circle end with each record once")
    void loopOfExternalNamesEnds() {
        api.putService("shop", "one", external("two.shop.svc.cluster.local"));
        api.putService("shop", "two", external("one.shop.svc.cluster.local"));
        cluster.startAndWait();
        try (DnsEngine engine = DnsEngine.builder().backend(backend).build()) {
            Resolution answer = engine.resolve(Query.of(Zones.name("one.shop.svc.cluster.local"), Type.A));
            assertThat(((Response) answer).answer()).hasSize(2);
        }
    }

    private static String external(String target) {
        return "{\"type\":\"ExternalName\",\"externalName\":\"" + target + "\"}";
    }

    @Test
    @DisplayName("78: names that look like wildcards are no names of objects, and none is made of them")
    void nothingIsSynthesizedFromWildcards() {
        api.put(SERVICES, "shop/*", ScriptedApiServer.object("shop", "*", ",\"spec\":{\"clusterIP\":\"192.0.2.67\"}"));
        cluster.startAndWait();
        cluster.answers("""
                *.shop.svc.cluster.local. A = NXDOMAIN
                any.shop.svc.cluster.local. A = NXDOMAIN
                """);
        assertThat(cluster.report(SERVICES).objectsSkipped()).isEqualTo(1);
    }
}
