package dev.waypost.layer.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.EdnsOption;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Query;
import dev.waypost.Response;
import dev.waypost.Transport;
import dev.waypost.layer.rewrite.EdnsRule.Action;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.LayerContract;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class EdnsRuleTest implements LayerContract {
    private static final int CODE = 0xFFEE;
    private static final EdnsOption OTHER = new EdnsOption(10, new byte[8]);
    private static final EdnsOption OLD = new EdnsOption(CODE, new byte[] {1});
    private static final EdnsOption NEW = new EdnsOption(CODE, new byte[] {2});

    static final List<Arguments> CONTENTS = List.of(
            Arguments.of(EdnsContent.constant((byte) 0xCA, (byte) 0xFE), "cafe"),
            Arguments.of(EdnsContent.qname(), "5757572e612e"),
            Arguments.of(EdnsContent.qtype(), "001c"),
            Arguments.of(EdnsContent.protocol(), "756470"),
            Arguments.of(EdnsContent.clientAddress(), "c000024d"),
            Arguments.of(EdnsContent.clientPort(), "9c40"),
            Arguments.of(EdnsContent.serverAddress(), "c6336435"),
            Arguments.of(EdnsContent.serverPort(), "14eb"),
            Arguments.of(EdnsContent.label("test/name"), "76616c7565"),
            Arguments.of(EdnsContent.label("test/other"), ""),
            Arguments.of(EdnsContent.subnet(24, 56), "00011800c00002"),
            Arguments.of(EdnsContent.subnet(25, 56), "00011900c0000200"),
            Arguments.of(EdnsContent.subnet(26, 56), "00011a00c0000240"),
            Arguments.of(EdnsContent.subnet(0, 0), "00010000"),
            Arguments.of(EdnsContent.subnet(32, 0), "00012000c000024d"));

    private final AtomicReference<Query> below = new AtomicReference<>();

    @Override
    public Layer layer() {
        return new RewriteLayer(new EdnsRule(Action.SET, CODE, EdnsContent.constant((byte) 2)));
    }

    private static Client client(String address, int port) {
        try {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getByName("198.51.100.53"), 5355);
            return new Client(InetAddress.getByName(address), port, Transport.UDP, server);
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    private static Query query(Edns edns) {
        return new Query(
                        Zones.name("WWW.a"),
                        Type.AAAA,
                        DClass.IN,
                        true,
                        false,
                        edns,
                        client("192.0.2.77", 40_000),
                        0,
                        List.of())
                .withMetadata(label -> label.equals("test/name") ? Optional.of("value") : Optional.empty());
    }

    private Response ask(Action action, EdnsContent content, Edns edns) {
        Layer layer = new RewriteLayer(new EdnsRule(action, CODE, content));
        return DnsAssertions.response(layer.over(query -> {
                    below.set(query);
                    return Response.empty(Rcode.NOERROR, Freshness.always());
                })
                .resolve(query(edns)));
    }

    @ParameterizedTest
    @CsvSource({
        "SET,     false, 2",
        "SET,     true,  2",
        "APPEND,  false, 2",
        "APPEND,  true,  1",
        "REPLACE, false, ",
        "REPLACE, true,  2",
        "UNSET,   false, ",
        "UNSET,   true,  "
    })
    void anActionDependsOnWhatIsThere(Action action, boolean there, Integer content) {
        List<EdnsOption> options = there ? List.of(OLD, OTHER) : List.of(OTHER);
        ask(action, EdnsContent.constant(NEW.content()), new Edns(true, 600, true, options));
        Edns edns = below.get().edns();
        List<EdnsOption> wanted = content == null
                ? List.of(OTHER)
                : List.of(OTHER, new EdnsOption(CODE, new byte[] {content.byteValue()}));
        assertThat(edns.options()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(edns.udpPayloadSize()).isEqualTo(600);
        assertThat(edns.dnssecOk()).isTrue();
    }

    @Test
    void aQueryWithoutEdnsGetsIt() {
        ask(Action.SET, EdnsContent.constant(NEW.content()), Edns.NONE);
        assertThat(below.get().edns()).isEqualTo(new Edns(true, 4096, false, List.of(NEW)));
        ask(Action.REPLACE, EdnsContent.constant(NEW.content()), Edns.NONE);
        assertThat(below.get().edns()).isEqualTo(Edns.NONE);
    }

    @ParameterizedTest
    @FieldSource("CONTENTS")
    void contentComesFromTheQuery(EdnsContent content, String hex) {
        ask(Action.SET, content, Edns.NONE);
        assertThat(below.get().edns().options().stream()
                        .map(option -> HexFormat.of().formatHex(option.content())))
                .isEqualTo(hex.isEmpty() ? List.of() : List.of(hex));
    }

    @Test
    void ipv6ClientsHaveTheirOwnPrefix() {
        Client client = client("2001:db8:1:2::3", 1);
        Query query = query(Edns.NONE);
        byte[] option = EdnsContent.subnet(24, 56)
                .of(new Query(query.qname(), Type.A, DClass.IN, true, false, Edns.NONE, client, 0, List.of()))
                .orElseThrow();
        assertThat(HexFormat.of().formatHex(option)).isEqualTo("0002380020010db8000100");
    }

    @Test
    void anAnswerIsSharedByThoseForWhomTheContentIsTheSame() {
        Freshness subnet =
                ask(Action.SET, EdnsContent.subnet(24, 56), Edns.NONE).freshness();
        assertThat(subnet.holdsFor(client("192.0.2.1", 1))).isTrue();
        assertThat(subnet.holdsFor(client("192.0.3.77", 40_000))).isFalse();
        Freshness address =
                ask(Action.SET, EdnsContent.clientAddress(), Edns.NONE).freshness();
        assertThat(address.holdsFor(client("192.0.2.77", 1))).isTrue();
        assertThat(address.holdsFor(client("192.0.2.1", 1))).isFalse();
        assertThat(ask(Action.SET, EdnsContent.constant(), Edns.NONE).freshness())
                .isSameAs(Freshness.always());
        assertThat(ask(Action.SET, EdnsContent.label("test/name"), Edns.NONE)
                        .freshness()
                        .holdsAt(0))
                .isFalse();
    }
}
