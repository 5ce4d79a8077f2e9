package dev.waypost.kubernetes;

import static dev.waypost.kubernetes.WatchedCluster.SERVICES;
import static dev.waypost.kubernetes.WatchedCluster.SLICES;
import static dev.waypost.testing.DnsAssertions.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.Staleness;
import dev.waypost.engine.DnsEngine;
import dev.waypost.kubernetes.testing.ApiRequest;
import dev.waypost.kubernetes.testing.ScriptedApiServer;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import dev.waypost.lookup.SearchList;
import dev.waypost.testing.FakeTicker;
import dev.waypost.testing.Patience;
import dev.waypost.testing.Zones;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("On demand only that is asked for and watched which a program asks for")
class OnDemandTest {
    private static final OnDemand BOUNDS = OnDemand.DEFAULT;
    private static final String ZONE = ".svc.cluster.local";

    private final FakeTicker ticker = new FakeTicker();
    private final WatchedCluster cluster = new WatchedCluster(
            WatchedCluster.QUICK,
            options -> options.zones("cluster.local").ticker(ticker).onDemand(BOUNDS));
    private final ScriptedApiServer api = cluster.api();
    private final DnsEngine engine = DnsEngine.builder()
            .backend(cluster.backend())
            .ticker(ticker)
            .search(SearchList.ofPod("billing", Name.fromConstantString("cluster.local.")))
            .build();

    @BeforeEach
    void start() {
        api.putNamespace("billing");
        api.putService("billing", "invoices", "{\"clusterIP\":\"192.0.2.20\"}");
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        cluster.close();
    }

    private Response ask(String name, int qtype) {
        Query query =
                Query.of(Zones.name(name + ZONE), qtype).withDeadline(ticker.nanoTime() + Patience.LIMIT.toNanos());
        return (Response) settled(engine.resolve(query));
    }

    private String said(String name) {
        Response response = ask(name, Type.A);
        return response.answer().isEmpty()
                ? Rcode.string(response.rcode())
                : String.join(
                        " ",
                        Zones.lines(response.answer().get(0)).stream()
                                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                                .sorted()
                                .toList());
    }

    /** Every request so far, in words. */
    private List<String> requests() {
        return api.requests().stream().map(ApiRequest::toString).toList();
    }

    private List<String> lookedUp(String host, Class<?> outcome) {
        int before = requests().size();
        Lookup<List<InetAddress>> found = engine.lookup(Question.addresses(host).within(Patience.LIMIT));
        assertThat(found).isInstanceOf(outcome);
        List<String> now = requests(); // read once: a watch may be opened meanwhile
        return now.subList(before, now.size());
    }

    private void awaitRequests(String... expected) {
        await().untilAsserted(() -> assertThat(requests()).containsExactlyInAnyOrder(expected));
    }

    @Test
    void nothingIsAskedOfTheApiBeforeAName() {
        assertThat(cluster.backend().readiness().ready()).isTrue();
        Query query = Query.of(Zones.name("svc.cluster.local"), Type.A);
        assertThat(((Response) settled(engine.resolve(query))).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(requests()).isEmpty();
    }

    @Test
    void oneServiceCostsOneListAndOneWatchHoweverManyAsk() {
        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            new Thread(() -> answers.add(said("web.shop"))).start();
        }
        await().until(() -> answers.size() == 50);
        assertThat(answers).containsOnly("192.0.2.10");
        awaitRequests("list services shop/web", "watch services shop/web");
    }

    @Test
    void addressOfAServiceNeedsNoSlices() {
        assertThat(said("web.shop")).isEqualTo("192.0.2.10");
        assertThat(ask("web.shop", Type.AAAA).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("web.shop", Type.SRV).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(api.requests()).extracting(ApiRequest::resource).containsOnly(SERVICES);
    }

    @Test
    void headlessServiceIsListedAndThenItsSlices() {
        assertThat(said("orders.shop")).isEqualTo("198.51.100.1");
        assertThat(said("198-51-100-1.orders.shop")).isEqualTo("198.51.100.1");
        assertThat(said("198-51-100-9.orders.shop")).isEqualTo("NXDOMAIN");
        awaitRequests(
                "list services shop/orders",
                "watch services shop/orders",
                "list endpointslices shop/[kubernetes.io/service-name=orders]",
                "watch endpointslices shop/[kubernetes.io/service-name=orders]");
    }

    @Test
    void changesArriveWithoutBeingAskedFor() {
        said("web.shop");
        said("orders.shop");
        await().until(() -> api.watchers(SERVICES) == 2 && api.watchers(SLICES) == 1);
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.99\"}");
        api.putSlice("shop", "orders-1", "orders", WatchedCluster.endpoints("198.51.100.7"));
        await().until(() -> said("web.shop").equals("192.0.2.99"));
        await().until(() -> said("orders.shop").equals("198.51.100.7"));
        api.remove(SERVICES, "shop", "web");
        await().until(() -> said("web.shop").equals("NXDOMAIN"));
        api.putService("shop", "web", "{\"clusterIP\":\"192.0.2.98\"}");
        await().until(() -> said("web.shop").equals("192.0.2.98"));
        assertThat(api.requests(SERVICES, false)).hasSize(2);
    }

    @Test
    @DisplayName(
            "a service that is not there costs one request and no watch, and is looked for again after a short while")
    void absentServiceCostsOneRequest() {
        assertThat(said("nope.shop")).isEqualTo("NXDOMAIN");
        assertThat(said("nope.shop")).isEqualTo("NXDOMAIN");
        assertThat(said("x.nope.shop")).isEqualTo("NXDOMAIN");
        assertThat(said("_http._tcp.nope.shop")).isEqualTo("NXDOMAIN");
        assertThat(requests()).containsExactly("list services shop/nope");
        Response denied = ask("nope.shop", Type.A);
        api.putService("shop", "nope", "{\"clusterIP\":\"192.0.2.77\"}");
        ticker.advance(BOUNDS.absence());
        await().until(() -> !denied.freshness().holdsAt(ticker.nanoTime()));
        assertThat(said("nope.shop")).isEqualTo("192.0.2.77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com.cluster.local", "a.b.c.d.e.shop.svc.cluster.local", "x.pod.cluster.local"})
    void namesThatTheGrammarExcludesCostNothing(String name) {
        Response response = (Response) settled(engine.resolve(Query.of(Zones.name(name), Type.A)));
        assertThat(response.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("a whole look-up with ndots 5 and three search suffixes")
    void wholeLookUpCostsFewRequests() {
        // orders.shop.billing.svc is the endpoint orders of a service shop in billing: absent, one request, no watch
        assertThat(lookedUp("web.shop", Lookup.Found.class))
                .startsWith("list services billing/shop", "list services shop/web");
        await().until(() -> api.watchers(SERVICES) == 1);
        assertThat(lookedUp("web.shop", Lookup.Found.class)).isEmpty();
        // the second service of the namespace: what is known of the first suffix is known
        assertThat(lookedUp("orders.shop", Lookup.Found.class))
                .contains("list services shop/orders", "list endpointslices shop/[kubernetes.io/service-name=orders]")
                .noneMatch(request -> request.contains("billing"));
        await().until(() -> api.watchers(SERVICES) == 2 && api.watchers(SLICES) == 1);
        assertThat(lookedUp("invoices", Lookup.Found.class)).startsWith("list services billing/invoices");
    }

    @Test
    @DisplayName("a whole look-up of an outside name: one request each for the two suffixes that it could be in")
    void outsideNameCostsTwoRequests() {
        // www.example.com.billing.svc: a port of a service com in billing; www.example.com.svc: an endpoint of example
        // in com
        assertThat(lookedUp("www.example.com", Lookup.NoSuchName.class))
                .containsExactly("list services billing/com", "list services com/example");
        assertThat(lookedUp("mail.example.com", Lookup.NoSuchName.class)).isEmpty();
        assertThat(lookedUp("api.eu.west.example.com", Lookup.NoSuchName.class)).isEmpty(); // too deep for any service
        assertThat(api.watchers(SERVICES)).isZero();
    }

    @Test
    void namespaceIsAskedForOnceAndNotWatched() {
        assertThat(ask("shop", Type.A).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("nowhere", Type.A).rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask("shop", Type.A).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(requests()).containsExactly("get namespaces shop", "get namespaces nowhere");
        said("invoices.billing");
        assertThat(ask("billing", Type.A).rcode())
                .as("its service tells that it exists")
                .isEqualTo(Rcode.NOERROR);
        assertThat(api.requests())
                .filteredOn(request -> request.resource().equals("namespaces"))
                .hasSize(2);
    }

    @Test
    @DisplayName("the third watched service of a namespace widens to one watch of all of them")
    void thirdServiceWidensToTheNamespace() {
        IntStream.range(0, 20).forEach(i -> api.putService("shop", "s" + i, "{\"clusterIP\":\"192.0.2.1\"}"));
        said("s0.shop");
        said("s1.shop");
        assertThat(api.requests()).noneMatch(request -> request.selectedNothing());
        said("s2.shop");
        await().until(() -> requests().contains("watch services shop/"));
        await().until(() -> api.watchers(SERVICES) == 1);
        assertThat(said("s7.shop")).isEqualTo("192.0.2.1");
        assertThat(said("nope.shop")).isEqualTo("NXDOMAIN");
        assertThat(requests()).noneMatch(request -> request.contains("s7") || request.contains("nope"));
        api.putService("shop", "nope", "{\"clusterIP\":\"192.0.2.2\"}");
        await().until(() -> said("nope.shop").equals("192.0.2.2"));
    }

    @Test
    void wideningThatIsRefusedLeavesTheServicesWatched() {
        IntStream.range(0, 5).forEach(i -> api.putService("shop", "s" + i, "{\"clusterIP\":\"192.0.2.1\"}"));
        api.forbidWide(SERVICES, "shop");
        IntStream.range(0, 5).forEach(i -> assertThat(said("s" + i + ".shop")).isEqualTo("192.0.2.1"));
        await().until(() -> api.watchers(SERVICES) == 5);
        api.putService("shop", "s3", "{\"clusterIP\":\"192.0.2.3\"}");
        await().until(() -> said("s3.shop").equals("192.0.2.3"));
    }

    @Test
    @DisplayName("open watches are bounded; what is asked for beyond them is listed once in a while")
    void openWatchesAreBounded() {
        IntStream.range(0, 10).forEach(i -> {
            api.putNamespace("n" + i);
            api.putService("n" + i, "web", "{\"clusterIP\":\"192.0.2.1\"}");
        });
        IntStream.range(0, 10).forEach(i -> assertThat(said("web.n" + i)).isEqualTo("192.0.2.1"));
        await().until(() -> api.watchers(SERVICES) == BOUNDS.watches());
        assertThat(api.requests(SERVICES, false)).hasSize(10);
        assertThat(said("web.n9")).isEqualTo("192.0.2.1");
        assertThat(api.requests(SERVICES, false)).hasSize(10);
        Response kept = ask("web.n9", Type.A);
        api.putService("n9", "web", "{\"clusterIP\":\"192.0.2.2\"}");
        ticker.advance(BOUNDS.absence());
        await().until(() -> !kept.freshness().holdsAt(ticker.nanoTime()));
        assertThat(said("web.n9")).isEqualTo("192.0.2.2");
        assertThat(cluster.backend().watches()).hasSize(BOUNDS.watches());
    }

    @Test
    void deadlineEndsTheWaitAndNotTheFetch() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        api.nextList(SERVICES, stream -> {
            stream.begin();
            stream.chunk("{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[");
            answered.countDown();
        });
        Query query = Query.of(Zones.name("web.shop" + ZONE), Type.A)
                .withDeadline(ticker.nanoTime() + Duration.ofMillis(100).toNanos());
        Response late = (Response) settled(engine.resolve(query));
        assertThat(late.rcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(late.extendedErrors().get(0).infoCode()).isEqualTo(ExtendedErrorCodeOption.NOT_READY);
        assertThat(late.extendedErrors().get(0).text()).isEqualTo("services shop/web is not known yet");
    }

    @Test
    void failureIsToldAtOnceAndNotTriedAgainForAWhile() {
        api.nextList(SERVICES, stream -> stream.refuse(500, "etcd is away"));
        assertThat(said("web.shop")).isEqualTo("SERVFAIL");
        assertThat(said("web.shop")).isEqualTo("SERVFAIL");
        assertThat(requests()).hasSize(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(said("web.shop")).isEqualTo("192.0.2.10");
    }

    @Test
    void refusalByRbacHarmsNoOtherNamespace() {
        api.forbid(SERVICES, "shop");
        assertThat(said("web.shop")).isEqualTo("SERVFAIL");
        assertThat(said("invoices.billing")).isEqualTo("192.0.2.20");
        api.forbid("namespaces", "");
        assertThat(ask("elsewhere", Type.A).rcode())
                .as("cannot be told, so nothing is denied")
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void lostApiIsStalenessOfWhatIsWatched() throws IOException {
        said("web.shop");
        said("invoices.billing");
        await().until(() -> api.watchers(SERVICES) == 2);
        api.unreachable(true);
        api.reset(SERVICES);
        await().until(() -> ask("web.shop", Type.A).staleness() instanceof Staleness.Stale);
        assertThat(said("web.shop")).isEqualTo("192.0.2.10");
        assertThat(said("late.shop")).isEqualTo("SERVFAIL");
    }

    @Test
    void randomNamesReachTheApiAtABoundedPace() {
        IntStream.range(0, 1000).forEach(i -> said("random" + i + ".shop"));
        assertThat(api.requests(SERVICES, false)).hasSizeLessThanOrEqualTo(100);
        assertThat(said("late.shop")).isEqualTo("SERVFAIL");
        ticker.advance(Duration.ofSeconds(1));
        assertThat(said("web.shop")).isEqualTo("192.0.2.10");
    }

    @Test
    void closeEndsWaitsAndThreads() {
        said("web.shop");
        cluster.backend().close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith("waypost-demand") || name.startsWith("waypost-watch")));
        assertThat(said("late.shop")).isEqualTo("SERVFAIL");
    }
}
