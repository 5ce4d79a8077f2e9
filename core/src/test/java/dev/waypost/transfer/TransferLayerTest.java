package dev.waypost.transfer;

import static dev.waypost.testing.DnsAssertions.assertFallsThrough;
import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.AddressBlock;
import dev.waypost.AddressBlocks;
import dev.waypost.Client;
import dev.waypost.ExtendedError;
import dev.waypost.Fallthrough;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Serial;
import dev.waypost.Transport;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.Finding;
import dev.waypost.zone.RecordSource;
import dev.waypost.zone.ReloadableZone;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class TransferLayerTest implements LayerContract {
    private static final Name ZONE = Zones.name("example.org");
    private static final Name KEY = Zones.name("key.example");
    private static final String SOA = "@ 3600 SOA ns hostmaster 5 7200 1800 86400 60";

    private final ReloadableZone zone = new ReloadableZone(ZONE);
    private final List<RecordSource> sources = new ArrayList<>(List.of(zone));

    TransferLayerTest() {
        zone.publish(Zones.zone("example.org", SOA, "@ NS ns", "www A 192.0.2.1"));
    }

    @Override
    public Layer layer() {
        return layer(new TransferRule(ZONE, AddressBlocks.ALL));
    }

    private TransferLayer layer(TransferRule... rules) {
        return new TransferLayer(List.of(rules), sources);
    }

    private static TransferRule rule(String zone, String... to) {
        return new TransferRule(Zones.name(zone), blocks(to));
    }

    private static Client client(String address, Transport transport) {
        return new Client(literal(address), 40_000, transport);
    }

    private static AddressBlocks blocks(String... blocks) {
        return AddressBlocks.of(Stream.of(blocks).map(AddressBlock::parse).toList());
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static Query asked(Name qname, int qtype, Client client) {
        Query query = Query.of(qname, qtype);
        return new Query(qname, qtype, DClass.IN, false, false, query.edns(), client, 0, List.of());
    }

    private static Query axfr() {
        return asked(ZONE, Type.AXFR, client("192.0.2.53", Transport.TCP));
    }

    private static Query ixfr(Transport transport, int serial) {
        return asked(ZONE, Type.IXFR, client("192.0.2.53", transport)).withSerial(new Serial(serial));
    }

    private static Resolution answer(Layer layer, Query query) {
        return layer.over(any -> Fallthrough.FALLTHROUGH).resolve(query);
    }

    private static List<RecordSet> sets(Resolution resolution) {
        Response response = DnsAssertions.response(resolution);
        List<RecordSet> sets = new ArrayList<>(response.answer());
        response.zone().ifPresent(zone -> {
            zone.forEach(sets::add);
            sets.addAll(response.answer());
        });
        return sets;
    }

    @Test
    @DisplayName("RFC 5936 section 2.2: an AXFR is answered with the SOA, everything else, and the SOA again")
    void wholeZoneBetweenTwoSoas() {
        Response response = DnsAssertions.response(answer(layer(), axfr()));
        assertThat(response).hasRcode(Rcode.NOERROR).isAuthoritative().holdsNoMore();
        assertThat(response.answer()).containsExactly(zone.soa());
        assertThat(response.zone().orElseThrow())
                .hasSize(2)
                .doesNotContain(zone.soa())
                .extracting(RecordSet::type)
                .contains(Type.NS, Type.A);
        assertThat(response.answeredBy()).isEqualTo("transfer");
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "MEMORY"})
    void everyTransportButDatagramsMayCarryAZone(Transport transport) {
        Query query = asked(ZONE, Type.AXFR, client("192.0.2.53", transport));
        assertThat(sets(answer(layer(), query))).hasSize(4);
    }

    @Test
    @DisplayName("RFC 5936 section 4.2: an AXFR by datagram is REFUSED")
    void axfrByDatagramIsRefused() {
        Query query = asked(ZONE, Type.AXFR, client("192.0.2.53", Transport.UDP));
        assertThat(answer(layer(), query)).hasRcode(Rcode.REFUSED);
    }

    @ParameterizedTest(name = "the client has serial {0}: {1} RRsets")
    @CsvSource({"4, 4", "5, 1", "6, 1", "-1, 4"})
    @DisplayName("RFC 1995 section 2: an IXFR gives the SOA alone to whom nothing is new, and the whole zone to others")
    void ixfrByStream(int held, int sets) {
        assertThat(sets(answer(layer(), ixfr(Transport.TCP, held)))).hasSize(sets);
    }

    @Test
    @DisplayName("RFC 1995 section 2: an IXFR by datagram gives the SOA, so that the client comes again by stream")
    void ixfrByDatagramGivesTheSoa() {
        assertThat(answer(layer(), ixfr(Transport.UDP, 4)))
                .hasRcode(Rcode.NOERROR)
                .isAuthoritative();
        assertThat(sets(answer(layer(), ixfr(Transport.UDP, 4)))).containsExactly(zone.soa());
    }

    @Test
    void ixfrThatTellsNoSerialIsAnsweredAsAnAxfr() {
        Query query = asked(ZONE, Type.IXFR, Client.IN_PROCESS);
        assertThat(sets(answer(layer(), query))).hasSize(4);
    }

    @ParameterizedTest(name = "{0}: allowed {1}")
    @CsvSource({"192.0.2.53, true", "192.0.2.54, false", "198.51.100.9, true", "2001:db8::53, false"})
    void onlyListedAddressesMayHaveTheZone(String address, boolean allowed) {
        TransferLayer layer = layer(rule("example.org", "192.0.2.53", "198.51.100.0/24"));
        for (int qtype : new int[] {Type.AXFR, Type.IXFR}) {
            Response response =
                    DnsAssertions.response(answer(layer, asked(ZONE, qtype, client(address, Transport.TCP))));
            assertThat(response).hasRcode(allowed ? Rcode.NOERROR : Rcode.REFUSED);
            assertThat(response.answer().isEmpty()).isEqualTo(!allowed);
            assertThat(response.extendedErrors())
                    .extracting(ExtendedError::infoCode)
                    .isEqualTo(allowed ? List.of() : List.of(ExtendedError.PROHIBITED));
        }
    }

    @Test
    @DisplayName("CVE-2026-33489: the rule of the nearest zone counts by labels, not by the spelling of its name")
    void ruleOfTheNearestZoneCounts() {
        // As strings, "xample.org." comes behind "a.xample.org.", and would win.
        Name child = Zones.name("a.xample.org");
        sources.add(Zones.zone("a.xample.org", "www A 192.0.2.2"));
        Query fromInside = asked(child, Type.AXFR, client("192.0.2.53", Transport.TCP));
        Query fromOutside = asked(child, Type.AXFR, client("203.0.113.1", Transport.TCP));
        for (List<TransferRule> rules : List.of(
                List.of(
                        rule("a.xample.org", "192.0.2.53"),
                        new TransferRule(Zones.name("xample.org"), AddressBlocks.ALL)),
                List.of(new TransferRule(Name.root, AddressBlocks.ALL), rule("a.xample.org", "192.0.2.53")))) {
            TransferLayer layer = new TransferLayer(rules, sources);
            assertThat(answer(layer, fromInside)).hasRcode(Rcode.NOERROR);
            assertThat(answer(layer, fromOutside)).hasRcode(Rcode.REFUSED);
        }
    }

    @Test
    void ruleCoversZonesBelowThatHaveNoneOfTheirOwn() {
        sources.add(Zones.zone("sub.example.org", "www A 192.0.2.2"));
        Query query = asked(Zones.name("SUB.example.org"), Type.AXFR, client("192.0.2.53", Transport.TCP));
        assertThat(answer(layer(), query)).hasRcode(Rcode.NOERROR);
        assertThat(answer(layer(new TransferRule(Name.root, AddressBlocks.ALL)), query))
                .hasRcode(Rcode.NOERROR);
    }

    @Test
    void nameWithoutARuleGoesOn() {
        assertFallsThrough(answer(layer(rule("example.net", "192.0.2.53")), axfr()));
        Query chaos = new Query(ZONE, Type.AXFR, DClass.CH, false, false, axfr().edns(), axfr().client(), 0, List.of());
        assertFallsThrough(answer(layer(), chaos));
    }

    @Test
    @DisplayName("RFC 5936 section 2.2.1: a name that is no zone here is NOTAUTH")
    void nameThatIsNoApexIsNotAuthoritative() {
        Query query = asked(Zones.name("www.example.org"), Type.AXFR, client("192.0.2.53", Transport.TCP));
        assertThat(answer(layer(), query)).hasRcode(Rcode.NOTAUTH);
    }

    @Test
    void sourceThatCannotTellItselfIsNobodysToHave() {
        sources.set(0, new RecordSource() {
            @Override
            public Name origin() {
                return ZONE;
            }

            @Override
            public RecordSet soa() {
                return zone.soa();
            }

            @Override
            public Finding find(Name qname, int qtype) {
                return zone.find(qname, qtype);
            }
        });
        assertThat(answer(layer(), axfr())).hasRcode(Rcode.NOTAUTH);
    }

    @Test
    void zoneThatIsNotLoadedIsAFailureNotAnEmptyZone() {
        sources.set(0, new ReloadableZone(ZONE));
        assertThat(answer(layer(), axfr())).hasRcode(Rcode.SERVFAIL);
        assertThat(answer(layer(), ixfr(Transport.UDP, 1))).hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void keyAndAddressAreBothWanted() {
        TransferLayer layer = layer(new TransferRule(ZONE, blocks("192.0.2.53"), Set.of(KEY)));
        for (String address : List.of("192.0.2.53", "192.0.2.54")) {
            for (Optional<Name> key : List.of(
                    Optional.<Name>empty(),
                    Optional.of(Zones.name("other.example")),
                    Optional.of(Zones.name("KEY.example")))) {
                Client plain = client(address, Transport.TCP);
                Client signed = key.map(plain::withKey).orElse(plain);
                boolean allowed = address.equals("192.0.2.53") && key.equals(Optional.of(KEY));
                assertThat(answer(layer, asked(ZONE, Type.AXFR, signed)))
                        .hasRcode(allowed ? Rcode.NOERROR : Rcode.REFUSED);
            }
        }
    }

    @Test
    void twoRulesOfOneZoneAreRefused() {
        assertThatThrownBy(() -> layer(rule("example.org", "192.0.2.1"), rule("EXAMPLE.org", "192.0.2.2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one zone wants one transfer rule, found two for EXAMPLE.org.");
    }
}
