package dev.waypost.corefile.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Client;
import dev.waypost.Edns;
import dev.waypost.Query;
import dev.waypost.Transport;
import dev.waypost.testing.Zones;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

class ViewExpressionTest {
    private static Query query(String address) {
        try {
            Client client = new Client(
                    InetAddress.getByName(address),
                    40_000,
                    Transport.UDP,
                    new InetSocketAddress(InetAddress.getByName("192.0.2.53"), 53));
            Edns edns = new Edns(true, 1232, true, List.of());
            return new Query(Zones.name("WWW.Example.com"), Type.A, DClass.IN, true, false, edns, client, 0, List.of())
                    .withMetadata(label -> label.equals("a/b") ? Optional.of("value") : Optional.empty());
        } catch (UnknownHostException notALiteral) {
            throw new IllegalArgumentException(notALiteral);
        }
    }

    private static boolean holds(String expression) {
        return ViewExpression.of(expression).condition().test(query("127.0.0.7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "true ; true",
                "false ; false",
                "name() == 'www.example.com.' ; true",
                "name() == \"www.example.com\" ; false",
                "name() != `x` ; true",
                "type() == 'A' && class() == 'IN' ; true",
                "type() in ['A', 'AAAA'] ; true",
                "type() not in ['A', 'AAAA'] ; false",
                "type() in [] ; false",
                "bufsize() >= 1232 and bufsize() < 4096 ; true",
                "bufsize() > 1232 or bufsize() <= 512 ; false",
                "do() ; true",
                "!do() ; false",
                "not (do() && false) ; true",
                "! ! do() ; true",
                "opcode() == 0 ; true",
                "port() == '40000' && server_port() == '53' ; true",
                "server_ip() == '192.0.2.53' ; true",
                "proto() == 'udp' ; true",
                "client_ip() == '127.0.0.7' ; true",
                "incidr(client_ip(), '127.0.0.0/24') ; true",
                "incidr(client_ip(), '10.0.0.0/8') ; false",
                "incidr('[2001:db8::1]', '2001:db8::/32') ; true",
                "incidr('nobody', '2001:db8::/32') ; false",
                "name() matches '^www\\\\..*\\\\.com\\\\.$' ; true",
                "name() matches `^x` ; false",
                "name() contains 'example' ; true",
                "name() startsWith 'www.' ; true",
                "name() endsWith '.org.' ; false",
                "metadata('a/b') == 'value' ; true",
                "metadata('c/d') == '' ; true",
                "(type() == 'B' && name() == 'x') || client_ip() == '127.0.0.7' ; true",
                "true || false && false ; true",
                "(true || false) && false ; false",
                "name() == 'it\\'s' ; false",
            })
    void expressionsAreCoreDnsOwn(String expression, boolean holds) {
        assertThat(holds(expression)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name()",
                "1",
                "'a' == 1",
                "name() == ",
                "== 'a'",
                "(true",
                "true)",
                "nope()",
                "nope",
                "type('A')",
                "incidr(client_ip())",
                "incidr(client_ip(), '10.0.0.0/33')",
                "incidr(client_ip(), name())",
                "incidr(client_ip(), 'x')",
                "name() matches '('",
                "name() matches type()",
                "name() in 'a'",
                "1 && true",
                "! name()",
                "name() < 'b'",
                "[true",
                "true true",
                "'a",
                "name() == 'a\\z'",
                "id() == 5",
                "size() > 1",
                "metadata(1) == ''",
                "type() in ['A' 'B']",
                "a # b",
                "true; false"
            })
    void whatCannotBeReadIsRefused(String expression) {
        assertThatThrownBy(() -> ViewExpression.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an expression ")
                .hasMessageEndingWith("found \"" + expression + "\"");
    }

    @Test
    void nestingIsBounded() {
        for (String deep : List.of("(".repeat(200) + "true" + ")".repeat(200), "!".repeat(200) + "true")) {
            assertThatThrownBy(() -> ViewExpression.of(deep)).hasMessageContaining("nested more than 100 deep");
        }
    }

    @Test
    void aConditionThatLooksAtLabelsDoesNotLast() {
        assertThat(ViewExpression.of("type() == 'A' && incidr(client_ip(), '10.0.0.0/8')")
                        .lasting())
                .isTrue();
        assertThat(ViewExpression.of("type() == 'A' || metadata('a/b') == 'x'").lasting())
                .isFalse();
    }
}
