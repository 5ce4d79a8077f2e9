package dev.waypost.layer;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.AddressBlock;
import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Fallthrough;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class Dns64Test implements LayerContract {
    private static final String IPV6 = "2001:db8::1";
    private static final String IPV4 = "198.51.100.1";

    private final AtomicInteger translated = new AtomicInteger();
    private final Resolver zone = new AuthoritativeResolver(
            Zones.zone(
                    "example.",
                    "both A 192.0.2.1",
                    "both AAAA 2001:db8::80",
                    "old A 192.0.2.33",
                    "old 20 A 192.0.2.34",
                    "alias CNAME old",
                    "text TXT x",
                    "new AAAA 2001:db8::81"),
            FallthroughZones.NONE,
            query -> Fallthrough.FALLTHROUGH);

    @Override
    public Layer layer() {
        return new Dns64(Dns64.WELL_KNOWN, false, false, translated::incrementAndGet);
    }

    private static Client client(String address) {
        try {
            return new Client(InetAddress.getByName(address), 1, Transport.UDP);
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    private static Query query(String client, String qname, int qtype) {
        return new Query(Zones.name(qname), qtype, DClass.IN, true, false, Edns.NONE, client(client), 0, List.of());
    }

    private Response ask(Layer layer, String client, String qname) {
        return DnsAssertions.response(layer.over(zone).resolve(query(client, qname, Type.AAAA)));
    }

    @Test
    @DisplayName("RFC 6147 section 5.1.7: AAAA records of A records, with the smaller of the TTLs of A and SOA")
    void addressesAreTranslated() {
        assertThat(ask(layer(), IPV6, "old.example"))
                .answers("old.example. 20 AAAA 64:ff9b::c000:221", "old.example. 20 AAAA 64:ff9b::c000:222");
        assertThat(ask(layer(), IPV6, "alias.example"))
                .answers(
                        "alias.example. 300 CNAME old.example.",
                        "old.example. 20 AAAA 64:ff9b::c000:221",
                        "old.example. 20 AAAA 64:ff9b::c000:222");
        assertThat(translated).hasValue(2);
    }

    @Test
    @DisplayName("RFC 6147 section 5.1: what has AAAA records, or nothing at all, stays as it is")
    void whatNeedsNoTranslationStays() {
        assertThat(ask(layer(), IPV6, "both.example"))
                .answers("both.example. 300 AAAA 2001:db8::80")
                .holds();
        assertThat(ask(layer(), IPV6, "text.example")).isNoData();
        assertThat(ask(layer(), IPV6, "none.example")).isNxDomain();
        assertThat(translated).hasValue(0);
        Query a = query(IPV6, "old.example", Type.A);
        assertThat(layer().over(zone).resolve(a))
                .answers("old.example. 20 A 192.0.2.33", "old.example. 20 A 192.0.2.34");
    }

    @Test
    void allAddressesAreTranslatedWhereToldSo() {
        Layer all = new Dns64(Dns64.WELL_KNOWN, true, false, translated::incrementAndGet);
        assertThat(ask(all, IPV6, "both.example")).answers("both.example. 300 AAAA 64:ff9b::c000:201");
        assertThat(ask(all, IPV6, "new.example")).answers("new.example. 300 AAAA 2001:db8::81");
    }

    @Test
    void clientsOverIpv4GetTranslatedAddressesOnlyWhereToldSo() {
        assertThat(ask(layer(), IPV4, "old.example")).isNoData();
        Layer both = new Dns64(Dns64.WELL_KNOWN, false, true, translated::incrementAndGet);
        assertThat(ask(both, IPV4, "old.example")).hasRcode(Rcode.NOERROR);
        assertThat(translated).hasValue(1);
        assertThat(ask(both, IPV4, "old.example").freshness().isForSome()).isFalse();
    }

    @Test
    void anAnswerIsForClientsOfOneFamily() {
        Response six = ask(layer(), IPV6, "old.example");
        assertThat(six.freshness().holdsFor(client("2001:db8::2"))).isTrue();
        assertThat(six.freshness().holdsFor(client(IPV4))).isFalse();
        Response four = ask(layer(), IPV4, "old.example");
        assertThat(four.freshness().holdsFor(client(IPV6))).isFalse();
        assertThat(ask(layer(), IPV6, "both.example").freshness().isForSome()).isFalse();
    }

    @Test
    @DisplayName("RFC 6147 section 5.5: who validates by itself gets what the zone says")
    void validatingClientsAreLeftAlone() {
        Query query = query(IPV6, "old.example", Type.AAAA);
        Query validating = new Query(
                query.qname(),
                query.qtype(),
                query.qclass(),
                true,
                true,
                new Edns(true, 1232, true, List.of()),
                query.client(),
                0,
                List.of());
        assertThat(layer().over(zone).resolve(validating)).isNoData();
    }

    @Test
    void failuresForAaaaAreAskedAsA() {
        Resolver half = query -> query.qtype() == Type.AAAA ? Response.failure(Rcode.SERVFAIL) : zone.resolve(query);
        Query query = query(IPV6, "old.example", Type.AAAA);
        assertThat(layer().over(half).resolve(query)).hasRcode(Rcode.NOERROR).holdsNoMore();
        assertThat(layer().over(any -> Response.failure(Rcode.SERVFAIL)).resolve(query))
                .hasRcode(Rcode.SERVFAIL);
    }

    @Test
    void answersThatComeLaterAreTranslatedToo() {
        Resolver later = query -> Pending.on(CompletableFuture.supplyAsync(() -> zone.resolve(query)));
        assertThat(layer().over(later).resolve(query(IPV6, "old.example", Type.AAAA)))
                .answers("old.example. 20 AAAA 64:ff9b::c000:221", "old.example. 20 AAAA 64:ff9b::c000:222");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32,             2001:db8:c000:221::",
        "2001:db8:100::/40,         2001:db8:1c0:2:21::",
        "2001:db8:122::/48,         2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56,     2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64,     2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96,     2001:db8:122:344::c000:221",
    })
    @DisplayName("RFC 6052 section 2.4: the table of text representations")
    void addressesAreEmbeddedAroundTheReservedOctet(String prefix, String address) {
        Layer layer = new Dns64(AddressBlock.parse(prefix), false, false, () -> {});
        byte[] made = ask(layer, IPV6, "old.example").answer().get(0).rdata(0);
        assertThat(made).isEqualTo(client(address).address().getAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::/95", "64:ff9b::/128", "192.0.2.0/32"})
    void otherPrefixesAreRefused(String prefix) {
        assertThatThrownBy(() -> new Dns64(AddressBlock.parse(prefix), false, false, () -> {}))
                .hasMessageContaining("a DNS64 prefix wants an IPv6 block of [32, 40, 48, 56, 64, 96] bits");
    }
}
