package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.ConfigurationException;
import dev.waypost.Query;
import dev.waypost.testing.DnsAssertions;
import dev.waypost.testing.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Blocks of one zone and port told apart by who asks, at the door of a server: images stand in between. */
class ViewDirectiveTest {
    private static final String INSIDE = "10.1.2.3";
    private static final String BRANCH = "192.168.7.7";
    private static final String OUTSIDE = "198.51.100.1";

    static final List<Arguments> FAULTS = List.of(
            Arguments.of("view", "2:1: 'view' wants a name, found 0 arguments"),
            Arguments.of("view a", "2:1: 'view' wants an 'expr', found none"),
            Arguments.of("view a {\n exp true\n}", "3:2: 'view' has no option 'exp'"),
            Arguments.of("view a {\n expr\n}", "3:2: 'expr' wants an expression, found nothing"),
            Arguments.of("view a {\n expr name()\n}", "3:7: an expression wants to be true or false, found \"name()\""),
            Arguments.of(
                    "view a {\n expr type() == 5\n}",
                    "3:7: an expression is wanted (a TEXT is wanted, found a NUMBER), found \"type() == 5\""));

    private static String block(String view, String address) {
        return ". {\n" + view + "\n template IN A {\n  answer \"{{ .Name }} 60 IN A " + address + "\"\n }\n}\n";
    }

    private static String view(String name, String expression) {
        return " view " + name + " {\n  expr " + expression + "\n }";
    }

    private static final String THREE = block("", "192.0.2.3")
            + block(view("inside", "incidr(client_ip(), '10.0.0.0/8')"), "192.0.2.1")
            + block(view("branch", "incidr(client_ip(), '192.168.0.0/16')"), "192.0.2.2");

    private static String address(ServedCorefile server, String client) {
        String answer = server.answer(client, "www.example.", "A");
        return answer.substring(answer.lastIndexOf(' ') + 1);
    }

    @ParameterizedTest(name = "{1}")
    @FieldSource("FAULTS")
    void anExpressionThatIsNotUnderstoodIsRefusedInItsPlace(String directive, String message) {
        assertThatThrownBy(() -> ServedCorefile.of(". {\n" + directive + "\n}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Corefile:" + message);
    }

    @Test
    void theFirstViewThatFitsAnswersAndTheBlockWithoutOneComesLast() {
        try (ServedCorefile server = ServedCorefile.of(THREE)) {
            for (int i = 0; i < 3; i++) {
                assertThat(address(server, INSIDE)).isEqualTo("192.0.2.1");
                assertThat(address(server, BRANCH)).isEqualTo("192.0.2.2");
                assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.3");
                assertThat(address(server, "10.200.0.1")).isEqualTo("192.0.2.1");
            }
        }
    }

    @Test
    void allExpressionsOfABlockMustHold() {
        String both = " view both {\n  expr incidr(client_ip(), '10.0.0.0/8')\n  expr name() == 'www.example.'\n }";
        try (ServedCorefile server = ServedCorefile.of(block(both, "192.0.2.1") + block("", "192.0.2.3"))) {
            assertThat(address(server, INSIDE)).isEqualTo("192.0.2.1");
            assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.3");
            assertThat(server.answer(INSIDE, "other.example.", "A")).endsWith("192.0.2.3");
        }
    }

    @Test
    void whereNoViewFitsTheZoneAboveAnswersAndAboveTheLastOneNobody() {
        String corefile = block(view("inside", "incidr(client_ip(), '10.0.0.0/8')"), "192.0.2.1")
                        .replaceFirst("^\\. ", "example ")
                + block(view("branch", "incidr(client_ip(), '192.168.0.0/16')"), "192.0.2.2");
        try (ServedCorefile server = ServedCorefile.of(corefile)) {
            for (int i = 0; i < 2; i++) {
                assertThat(address(server, INSIDE)).isEqualTo("192.0.2.1");
                assertThat(address(server, BRANCH)).isEqualTo("192.0.2.2");
                assertThat(server.rcode(OUTSIDE, "www.example.", "A")).isEqualTo("REFUSED");
            }
        }
    }

    @Test
    void whatTheZoneAboveSaysIsNotRepeatedToThoseWhomAViewIsFor() {
        String inside = block(view("inside", "incidr(client_ip(), '10.0.0.0/8')"), "192.0.2.1")
                .replaceFirst("^\\. ", "example ");
        try (ServedCorefile server = ServedCorefile.of(inside + block("", "192.0.2.2"))) {
            assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.2");
            assertThat(address(server, INSIDE)).isEqualTo("192.0.2.1");
            assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.2");
        }
        try (ServedCorefile server = ServedCorefile.of(inside)) {
            assertThat(server.rcode(OUTSIDE, "www.example.", "A")).isEqualTo("REFUSED");
            assertThat(address(server, INSIDE)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void aViewByLabelsIsAskedForEveryQuery() {
        String corefile = ". {\n metadata\n" + view("mine", "metadata('view/name') == 'mine'")
                + "\n template IN A {\n  answer \"{{ .Name }} 60 IN A 192.0.2.1\"\n }\n}\n"
                + block("", "192.0.2.3");
        try (ServedCorefile server = ServedCorefile.of(corefile)) {
            assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.1");
            assertThat(address(server, OUTSIDE)).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void twoBlocksWithoutAViewStillMeet() {
        assertThatThrownBy(() -> ServedCorefile.of(block("", "192.0.2.1") + block("", "192.0.2.2")))
                .hasMessageContaining("is already served at dns://:53")
                .hasMessageContaining("'view' would tell them apart");
    }

    @Test
    void callsOfThisJvmHaveTheirViewToo() {
        String corefile = block(view("me", "client_ip() == '127.0.0.1'"), "192.0.2.1") + block("", "192.0.2.3");
        try (ServedCorefile server = ServedCorefile.of(corefile)) {
            DnsAssertions.assertThat(server.engine().resolve(Query.of(Zones.name("www.example"), Type.A)))
                    .hasRcode(Rcode.NOERROR)
                    .answers("www.example. 60 A 192.0.2.1");
        }
    }
}
