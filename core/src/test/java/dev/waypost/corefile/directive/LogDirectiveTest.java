package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Exchange;
import dev.waypost.QueryObserver;
import dev.waypost.Transport;
import dev.waypost.corefile.CorefilePlanner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class LogDirectiveTest {
    private static List<String> lines(String directives, Exchange... exchanges) {
        List<QueryObserver> observers = CorefilePlanner.of(List.of(new LogDirective()))
                .plan("example.org {\n" + directives + "\n}", "Corefile", Path.of("."))
                .zones()
                .get(0)
                .observers();
        try (LogLines log = new LogLines("dev.waypost.log")) {
            for (Exchange exchange : exchanges) {
                observers.forEach(observer -> observer.replied(exchange));
            }
            return log.lines();
        }
    }

    @Test
    void theCommonFormatIsCoreDnsOwn() {
        assertThat(lines("log", Exchanges.success("WWW.example.org.")))
                .containsExactly("192.0.2.9:40212 - 4711 \"A IN www.example.org. udp 41 true 1232\""
                        + " NOERROR qr,aa,rd 106 0.000158s");
    }

    @Test
    void theCombinedFormatAddsTheOpcode() {
        assertThat(lines("log . {combined}", Exchanges.success("www.example.org.")))
                .containsExactly("192.0.2.9:40212 - 4711 \"A IN www.example.org. udp 41 true 1232\""
                        + " NOERROR qr,aa,rd 106 0.000158s \"0\"");
    }

    @Test
    void aFormatIsMadeOfFields() {
        assertThat(lines(
                        "log . \"{type} {name} {rcode} {>id} {/kubernetes/endpoint} 100% {proto}\"",
                        Exchanges.of("www.example.org.", Rcode.NXDOMAIN, 0)))
                .containsExactly("A www.example.org. NXDOMAIN 4711 - 100% udp");
    }

    @Test
    void ipv6AddressesStandInBracketsAndStreamsAreTcp() {
        assertThat(lines(
                        "log . \"{remote}:{port} {proto}\"",
                        Exchanges.of(
                                "example.org.",
                                Exchanges.client("2001:db8::1", Transport.TLS),
                                "www.example.org.",
                                0,
                                1)))
                .containsExactly("[2001:db8:0:0:0:0:0:1]:40212 tcp");
    }

    @Test
    void theAddressThatWasAskedIsAFieldToo() {
        assertThat(lines("log . \"{local} {remote}\"", Exchanges.success("www.example.org.")))
                .containsExactly("192.0.2.53 192.0.2.9");
    }

    @Test
    void onlyTheNamedZonesAreLogged() {
        assertThat(lines(
                        "log a.example.org b.example.org {name}",
                        Exchanges.success("www.a.example.org."),
                        Exchanges.success("www.example.org."),
                        Exchanges.success("B.example.org.")))
                .containsExactly("www.a.example.org.", "b.example.org.");
    }

    @Test
    void theFirstRuleForANameDecides() {
        assertThat(lines(
                        "log a.example.org \"first {name}\" {\n class error\n}\n log . \"second {name}\"",
                        Exchanges.success("www.a.example.org."),
                        Exchanges.success("www.example.org."),
                        Exchanges.of("a.example.org.", Rcode.SERVFAIL, 0)))
                .containsExactly("second www.example.org.", "first a.example.org.");
    }

    @Test
    void classesChooseReplies() {
        Exchange[] all = {
            Exchanges.success("success.example.org."),
            Exchanges.of("nodata.example.org.", Rcode.NOERROR, 0),
            Exchanges.of("nxdomain.example.org.", Rcode.NXDOMAIN, 0),
            Exchanges.of("servfail.example.org.", Rcode.SERVFAIL, 0),
            Exchanges.of("refused.example.org.", Rcode.REFUSED, 0)
        };
        assertThat(lines("log . {name} {\n class success\n}", all)).containsExactly("success.example.org.");
        assertThat(lines("log . {name} {\n class denial\n}", all))
                .containsExactly("nodata.example.org.", "nxdomain.example.org.");
        assertThat(lines("log . {name} {\n class denial error\n}", all)).hasSize(4);
        assertThat(lines("log . {name} {\n class success\n class error\n}", all))
                .hasSize(3);
        assertThat(lines("log . {name} {\n class all\n}", all)).hasSize(5);
    }

    @Test
    void queriesOfNoZoneAreNotThisBlocks() {
        assertThat(lines("log", Exchanges.of("dropped", Exchanges.client("192.0.2.9", Transport.UDP), ".", 5, 0)))
                .isEmpty();
    }
}
