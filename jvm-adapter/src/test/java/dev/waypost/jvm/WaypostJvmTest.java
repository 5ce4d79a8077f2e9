package dev.waypost.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Freshness;
import dev.waypost.Lifecycle;
import dev.waypost.Query;
import dev.waypost.Readiness;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.engine.DnsEngine;
import dev.waypost.lookup.SearchList;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class WaypostJvmTest {
    private static final Name CLUSTER = Name.fromConstantString("cluster.local.");
    private static final Name WEB = Name.fromConstantString("web.shop.svc.cluster.local.");
    private static final Name PARTNER = Name.fromConstantString("partner.shop.svc.cluster.local.");
    private static final Name REVERSE = Name.fromConstantString("2.0.192.in-addr.arpa.");
    private static final byte[] FIRST = {(byte) 192, 0, 2, 1};
    private static final byte[] SECOND = {(byte) 192, 0, 2, 2};

    private static final byte[] SIX = {0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private volatile byte[] address = FIRST;
    private volatile byte[] six;
    private final DnsEngine engine = DnsEngine.builder()
            .resolver(CLUSTER, new Cluster())
            .resolver(REVERSE, new Cluster())
            .search(SearchList.ofPod("shop", CLUSTER))
            .build()
            .start();
    private Installation installation = new Installation(false, false, "not installed yet");

    @BeforeEach
    void install() {
        installation = WaypostJvm.install(engine);
    }

    @AfterEach
    void uninstall() {
        WaypostJvm.uninstall();
        engine.close();
    }

    @Test
    void theJdkChoseThisProvider() {
        assertThat(installation).isEqualTo(new Installation(true, true, ""));
    }

    @Test
    void aClusterNameIsAnsweredByTheEngineAndAChangeIsSeenAtTheNextLookup() throws Exception {
        assertThat(InetAddress.getByName("web.shop.svc.cluster.local").getAddress())
                .isEqualTo(FIRST);
        address = SECOND;
        assertThat(InetAddress.getByName("web.shop.svc.cluster.local").getAddress())
                .isEqualTo(SECOND);
    }

    @Test
    void aRelativeNameGoesThroughTheSearchList() throws Exception {
        assertThat(InetAddress.getByName("web").getAddress()).isEqualTo(address);
    }

    @Test
    void aMissingNameOfAZoneIsUnknownAtOnce() {
        assertThatThrownBy(() -> InetAddress.getByName("nobody.shop.svc.cluster.local"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nobody.shop.svc.cluster.local");
    }

    @Test
    void aReverseLookupIsAnsweredByTheEngine() throws Exception {
        assertThat(InetAddress.getByAddress(FIRST).getHostName()).isEqualTo("web.shop.svc.cluster.local");
    }

    @Test
    void familiesAndTheirOrderAreThoseOfTheJvm() throws Exception {
        EngineInetResolver resolver = new EngineInetResolver(new Builtin(new ArrayList<>()));
        six = SIX;
        assertThat(families(resolver, LookupPolicy.IPV4)).containsExactly(4);
        assertThat(families(resolver, LookupPolicy.IPV6)).containsExactly(16);
        int both = LookupPolicy.IPV4 | LookupPolicy.IPV6;
        assertThat(families(resolver, both | LookupPolicy.IPV4_FIRST)).containsExactly(4, 16);
        assertThat(families(resolver, both | LookupPolicy.IPV6_FIRST)).containsExactly(16, 4);
        assertThat(families(resolver, both)).containsExactly(4, 16);
    }

    private static List<Integer> families(EngineInetResolver resolver, int policy) throws UnknownHostException {
        return resolver.lookupByName("web.shop.svc.cluster.local", LookupPolicy.of(policy))
                .map(each -> each.getAddress().length)
                .toList();
    }

    @Test
    void theHostsOfTheEnginesOwnPartsStayWithTheJdk() throws Exception {
        List<String> asked = new ArrayList<>();
        Lifecycle watch = new Part("Api.shop.svc.cluster.local");
        try (DnsEngine own = DnsEngine.builder()
                .resolver(CLUSTER, new Cluster())
                .lifecycle(watch)
                .build()
                .start()) {
            WaypostJvm.install(own);
            new EngineInetResolver(new Builtin(asked))
                    .lookupByName("api.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
        }
        assertThat(asked).containsExactly("api.shop.svc.cluster.local");
    }

    @Test
    void beforeReadinessEverythingStaysWithTheJdk() throws Exception {
        List<String> asked = new ArrayList<>();
        Part part = new Part("api.example.com");
        part.ready = false;
        try (DnsEngine own = DnsEngine.builder()
                .resolver(CLUSTER, new Cluster())
                .lifecycle(part)
                .build()
                .start()) {
            WaypostJvm.install(own);
            EngineInetResolver resolver = new EngineInetResolver(new Builtin(asked));
            resolver.lookupByName("web.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
            part.ready = true;
            resolver.lookupByName("web.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
            part.ready = false; // what was known once is known better here than there
            resolver.lookupByName("web.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
        }
        assertThat(asked).containsExactly("web.shop.svc.cluster.local");
    }

    /** A part of an engine that needs a host to be found. */
    private static final class Part implements Lifecycle {
        private final String host;
        private volatile boolean ready = true;

        Part(String host) {
            this.host = host;
        }

        @Override
        public String name() {
            return "part";
        }

        @Override
        public void start() {}

        @Override
        public Readiness readiness() {
            return ready ? Readiness.READY : Readiness.waitingFor("a test");
        }

        @Override
        public List<String> ownHosts() {
            return List.of(host);
        }

        @Override
        public void close() {}
    }

    @Test
    void localhostStaysWithTheJdk() throws Exception {
        assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
    }

    @Test
    void namesOutsideEveryZoneAndEverythingWithoutAnEngineStayWithTheJdk() throws Exception {
        List<String> asked = new ArrayList<>();
        EngineInetResolver resolver = new EngineInetResolver(new Builtin(asked));
        resolver.lookupByName("www.example.com", LookupPolicy.of(LookupPolicy.IPV4));
        resolver.lookupByName("partner", LookupPolicy.of(LookupPolicy.IPV4));
        WaypostJvm.install(engine, "Kept.shop.svc.cluster.local");
        resolver.lookupByName("kept.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
        WaypostJvm.uninstall();
        resolver.lookupByName("web.shop.svc.cluster.local", LookupPolicy.of(LookupPolicy.IPV4));
        resolver.lookupByAddress(FIRST);
        assertThat(asked)
                .containsExactly(
                        "www.example.com",
                        "api.partner.example",
                        "kept.shop.svc.cluster.local",
                        "web.shop.svc.cluster.local",
                        "an address");
    }

    /** Stands for the JDK's own resolver, so that no packet leaves. */
    private record Builtin(List<String> asked) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
            asked.add(host);
            return Stream.empty();
        }

        @Override
        public String lookupByAddress(byte[] octets) {
            asked.add("an address");
            return "";
        }
    }

    private final class Cluster implements Resolver {
        @Override
        public Resolution resolve(Query query) {
            if (query.qname().equals(WEB)) {
                if (query.qtype() == Type.AAAA && six != null) {
                    return Response.answer(Freshness.never(), RecordSet.ofRdata(WEB, Type.AAAA, 5, List.of(six)));
                }
                return query.qtype() == Type.A
                        ? Response.answer(Freshness.never(), RecordSet.ofRdata(WEB, Type.A, 5, List.of(address)))
                        : Response.empty(Rcode.NOERROR, Freshness.never());
            }
            if (query.qname().equals(PARTNER)) {
                return Response.answer(
                        Freshness.never(),
                        RecordSet.of(new CNAMERecord(
                                PARTNER, DClass.IN, 5, Name.fromConstantString("api.partner.example."))));
            }
            if (query.qtype() == Type.PTR) {
                return Response.answer(
                        Freshness.never(), RecordSet.of(new PTRRecord(query.qname(), DClass.IN, 5, WEB)));
            }
            return Response.empty(Rcode.NXDOMAIN, Freshness.never());
        }
    }
}
