package dev.waypost.kubernetes.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Freshness;
import dev.waypost.kubernetes.model.EndpointDetail;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.snapshot.ClusterState;
import dev.waypost.kubernetes.snapshot.EndpointNaming;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.snapshot.NamespaceNode;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.watch.ClusterWatch;
import dev.waypost.kubernetes.watch.Outages;
import dev.waypost.kubernetes.watch.WatchSetting;
import dev.waypost.testing.FakeTicker;
import dev.waypost.zone.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is held on demand, and when it is let go")
class DemandWatchTest {
    private static final Duration HALF_IDLE = Duration.ofMinutes(1);
    private static final Extent WEB = new Extent("shop", "web");
    private static final Extent CART = new Extent("cart", "web");
    private static final Extent NEWS = new Extent("news", "web");

    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedApiServer api = ScriptedApiServer.start();
    private final ClusterState state = new ClusterState(
            List.of(ResourceKind.NAMESPACES, ResourceKind.SERVICES, ResourceKind.ENDPOINT_SLICES),
            List.of(),
            EndpointNaming.BY_HOSTNAME,
            () -> 1);
    private final ClusterWatch watches = new ClusterWatch(
            ApiAccess.url(api.url(), ApiAccess.TlsFiles.NONE, Optional.empty()),
            WatchSetting.of(ticker),
            new Outages(ticker, Duration.ofMinutes(1)));
    private final DemandWatch demand = new DemandWatch(
            watches,
            new DemandWatch.Target(
                    state,
                    new Branch<>(
                            extent -> ResourceKind.SERVICES
                                    .within(extent.namespace())
                                    .named(extent.service()),
                            state::services),
                    new Branch<>(
                            extent -> ResourceKind.endpointSlices(EndpointDetail.ALL)
                                    .within(extent.namespace())
                                    .ofService(extent.service()),
                            state::slices)),
            new DemandBounds(2, 3, HALF_IDLE.multipliedBy(2), Duration.ofSeconds(5)),
            ticker);

    @BeforeEach
    void fill() {
        for (Extent each : List.of(WEB, CART, NEWS)) {
            api.putService(each.namespace(), each.service(), "{\"clusterIP\":\"192.0.2.1\"}");
        }
    }

    @AfterEach
    void close() {
        demand.close();
        watches.close();
        api.close();
    }

    private Finding missing(Extent service) {
        return state.snapshot().coverage().missing(service, false, Freshness.always());
    }

    private void fetch(Extent service) {
        Finding.NotReady unknown = (Finding.NotReady) missing(service);
        long deadline = ticker.nanoTime() + Duration.ofMinutes(1).toNanos();
        unknown.arrival().by(deadline).orElseThrow().toCompletableFuture().join();
    }

    private void ask(Extent service) {
        state.snapshot().coverage().asked(service.namespace(), service.service());
    }

    private boolean isKnown(Extent service) {
        NamespaceNode namespace = state.snapshot().namespace(service.namespace());
        return namespace != null && namespace.service(service.service()) != null;
    }

    private Freshness freshness(Extent service) {
        return state.snapshot()
                .namespace(service.namespace())
                .service(service.service())
                .witness();
    }

    private void pass(Duration time) {
        ticker.advance(time);
        demand.sweep();
    }

    @Test
    void watchThatIsAskedForStays() {
        fetch(WEB);
        for (int i = 0; i < 10; i++) {
            ask(WEB);
            pass(HALF_IDLE);
        }
        assertThat(isKnown(WEB)).isTrue();
        assertThat(api.requests("services", false)).hasSize(1);
    }

    @Test
    @DisplayName(
            "a replayed reply asks nothing, so it is ended before its watch is: who wants it asks, and the watch stays")
    void replayedRepliesAreEndedBeforeTheWatch() {
        fetch(WEB);
        Freshness said = freshness(WEB);
        pass(HALF_IDLE);
        assertThat(said.holdsAt(0)).isTrue();
        pass(HALF_IDLE);
        assertThat(said.holdsAt(0)).isFalse();
        assertThat(isKnown(WEB)).isTrue();
        ask(WEB);
        pass(HALF_IDLE);
        assertThat(isKnown(WEB)).isTrue();
    }

    @Test
    void watchThatNobodyAsksForIsDropped() {
        fetch(WEB);
        await().until(() -> api.watchers("services") == 1);
        pass(HALF_IDLE);
        pass(HALF_IDLE);
        Freshness said = freshness(WEB);
        pass(HALF_IDLE);
        assertThat(isKnown(WEB)).isFalse();
        assertThat(said.holdsAt(0)).isFalse();
        assertThat(missing(WEB)).isInstanceOf(Finding.NotReady.class);
        assertThat(state.snapshot().namespace("shop")).isNull();
        assertThat(watches.statuses()).isEmpty();
        await().until(() -> api.watchers("services") == 0);
        fetch(WEB);
        assertThat(isKnown(WEB)).isTrue();
    }

    @Test
    void deletedServiceIsDeniedByItsWatchUntilThatIsDropped() {
        fetch(WEB);
        await().until(() -> api.watchers("services") == 1);
        api.remove("services", "shop", "web");
        await().until(() -> !isKnown(WEB));
        Finding denied = missing(WEB);
        assertThat(denied).isInstanceOf(Finding.NxDomain.class);
        pass(HALF_IDLE);
        pass(HALF_IDLE);
        pass(HALF_IDLE);
        assertThat(denied.freshness().holdsAt(0)).isFalse();
        assertThat(missing(WEB)).isInstanceOf(Finding.NotReady.class);
    }

    @Test
    void whoHearsOfTheEndOfADenialFindsWhatIsSaidInstead() {
        fetch(WEB);
        await().until(() -> api.watchers("services") == 1);
        api.remove("services", "shop", "web");
        await().until(() -> !isKnown(WEB));
        pass(HALF_IDLE);
        pass(HALF_IDLE);
        List<Finding> instead = new ArrayList<>();
        missing(WEB).freshness().onBreak(() -> instead.add(missing(WEB)));
        pass(HALF_IDLE);
        assertThat(instead).singleElement().isInstanceOf(Finding.NotReady.class);
    }

    @Test
    void watchBeyondTheBoundTakesThePlaceOfOneThatNobodyAsksFor() {
        fetch(WEB);
        fetch(CART);
        pass(HALF_IDLE);
        ask(CART);
        pass(HALF_IDLE);
        fetch(NEWS);
        assertThat(isKnown(WEB)).isFalse();
        assertThat(isKnown(CART)).isTrue();
        assertThat(isKnown(NEWS)).isTrue();
        assertThat(watches.statuses()).hasSize(2);
    }

    @Test
    void serviceBeyondTheBoundIsKnownForAWhileOnly() {
        fetch(WEB);
        fetch(CART);
        fetch(NEWS);
        assertThat(isKnown(NEWS)).isTrue();
        assertThat(watches.statuses()).hasSize(2);
        pass(Duration.ofSeconds(5));
        assertThat(isKnown(NEWS)).isFalse();
        assertThat(isKnown(WEB)).isTrue();
        assertThat(missing(NEWS)).isInstanceOf(Finding.NotReady.class);
    }

    @Test
    void lookWithoutAWaitFetchesNothing() {
        missing(WEB);
        assertThat(api.requests()).isEmpty();
    }
}
