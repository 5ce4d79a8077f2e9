package dev.waypost.testkit;

import static dev.waypost.testkit.LookupAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.Lookup;
import dev.waypost.lookup.Question;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class TestkitTest {
    private final FakeCluster cluster = new FakeCluster();

    @Test
    void aServiceHasTheEndpointsGivenAndChangesAtOnce() {
        FakeService orders = cluster.service("shop", "orders").port("grpc", 9000);
        orders.endpoints("192.0.2.1", "192.0.2.2", "2001:db8::1");
        try (DnsEngine engine = cluster.engine("shop")) {
            assertThat(engine.addresses("orders"))
                    .isFoundAs("orders.shop.svc.cluster.local.")
                    .hasAddresses("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
            Assertions.assertThat(engine.services("_grpc._tcp.orders").orThrow())
                    .hasSize(3);
            orders.endpoints("192.0.2.3");
            assertThat(engine.addresses("orders")).hasAddresses("192.0.2.3");
            orders.endpoints();
            assertThat(engine.addresses("orders")).isNoSuchName();
            orders.endpoints("192.0.2.3").remove();
            assertThat(engine.addresses("orders")).isNoSuchName();
        }
    }

    @Test
    void endpointsAreAwaitedUntilEnoughOfThemAreReady() {
        FakeService orders = cluster.service("shop", "orders").port("grpc", 9000);
        try (DnsEngine engine = cluster.engine("shop")) {
            var awaited = engine.watches().awaitEndpoints("orders", 2, Duration.ofSeconds(60));
            orders.endpoints("192.0.2.1");
            orders.endpoints("192.0.2.1", "192.0.2.2");
            Assertions.assertThat(awaited.join().orThrow()).hasSize(2);
            var one = engine.watches().awaitEndpoints("orders", 1, Duration.ofSeconds(60));
            Assertions.assertThat(one.join().orThrow()).hasSize(2);
            Assertions.assertThatThrownBy(engine.watches().awaitEndpoints("orders", 3, Duration.ofMillis(1))::join)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aServiceMayHaveClusterAddressesOrBeAnAlias() {
        cluster.service("shop", "web").port("http", 80).clusterIps("192.0.2.10", "2001:db8::10");
        cluster.service("shop", "partner").externalName("web.shop.svc.cluster.local");
        try (DnsEngine engine = cluster.engine("checkout")) {
            assertThat(engine.addresses("web.shop")).hasAddresses("192.0.2.10", "2001:db8:0:0:0:0:0:10");
            assertThat(engine.addresses("partner.shop")).hasAddresses("192.0.2.10", "2001:db8:0:0:0:0:0:10");
            assertThat(engine.lookup(Question.records("web.shop", org.xbill.DNS.Type.MX)))
                    .isNoData();
        }
    }

    @Test
    void faultsComeAndGoAtTheNextLookup() {
        cluster.service("shop", "orders").endpoints("192.0.2.1");
        Faults faults = new Faults();
        Question<List<InetAddress>> question = Question.addresses("orders").within(Duration.ofMillis(50));
        try (DnsEngine engine = cluster.engine("shop", faults)) {
            assertThat(engine.lookup(question)).isFound();
            faults.failWith(Rcode.SERVFAIL);
            assertThat(engine.lookup(question)).isUndecided();
            faults.silence();
            Assertions.assertThat(engine.lookup(question)).isInstanceOf(Lookup.TimedOut.class);
            faults.exceptions();
            assertThat(engine.lookup(question)).isUndecided();
            faults.denyNames();
            assertThat(engine.lookup(question)).isNoSuchName();
            faults.delay(Duration.ofMillis(1));
            assertThat(engine.lookup(question.within(Duration.ofSeconds(30)))).isFound();
            faults.heal();
            assertThat(engine.lookup(question)).hasAddresses("192.0.2.1");
        }
    }

    @Test
    void aShareOfQueriesFailsAndTheSeedSaysWhich() {
        cluster.service("shop", "orders").endpoints("192.0.2.1");
        Assertions.assertThat(failures(7)).isEqualTo(failures(7)).isBetween(10, 60);
    }

    private int failures(long seed) {
        Faults faults = new Faults(seed).failWith(Rcode.SERVFAIL).oneIn(4);
        try (DnsEngine engine = cluster.engine("shop", faults)) {
            int failures = 0;
            for (int i = 0; i < 100; i++) {
                failures += engine.lookup(Question.records("orders", 1)) instanceof Lookup.Found ? 0 : 1;
            }
            return failures;
        }
    }

    @Test
    void anAssertionThatDoesNotHoldSaysWhatWasFound() {
        try (DnsEngine engine = cluster.engine("shop")) {
            assertThatThrownBy(() -> assertThat(engine.addresses("none")).isFound())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expecting Found but was <NoSuchName");
            assertThatThrownBy(() -> assertThat(engine.addresses("none")).isUndecided())
                    .isInstanceOf(AssertionError.class);
        }
    }
}
