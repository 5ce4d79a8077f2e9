package dev.waypost.corefile.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Freshness;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** Who hears what, at the door of a server: reply images stand between a client and the rules. */
class AclDirectiveTest {
    private static final String FRIEND = "192.0.2.1";
    private static final String OTHER_FRIEND = "192.0.2.99";
    private static final String STRANGER = "198.51.100.1";
    private static final String NAME = "www.example.org.";

    private static final Resolver FORWARD = query -> query.qtype() == Type.A
            ? Response.answer(
                    Freshness.always(),
                    RecordSet.ofRdata(query.qname(), Type.A, 300, List.of(new byte[] {10, 0, 0, 1})))
            : Response.answer(Freshness.always());

    private static ServedCorefile serving(String acl) {
        return ServedCorefile.of("example.org {\n" + acl + "\n forward\n}", FORWARD);
    }

    @ParameterizedTest
    @CsvSource({
        // rules | type | what 192.0.2.1, 198.51.100.1 and 2001:db8::1 hear
        "block,                                A,    REFUSED, REFUSED, REFUSED",
        "block net 192.0.2.0/24,               A,    REFUSED, NOERROR, NOERROR",
        "block net 192.0.2.1,                  A,    REFUSED, NOERROR, NOERROR",
        "block net *,                          A,    REFUSED, REFUSED, REFUSED",
        "block net 2001:db8::/32 192.0.2.0/24, A,    REFUSED, NOERROR, REFUSED",
        "block type AAAA,                      A,    NOERROR, NOERROR, NOERROR",
        "block type AAAA,                      AAAA, REFUSED, REFUSED, REFUSED",
        "block type aaaa TXT net 192.0.2.0/24, AAAA, REFUSED, NOERROR, NOERROR",
        "block type * net 192.0.2.0/24,        MX,   REFUSED, NOERROR, NOERROR",
        "block net 192.0.2.0/24 type AAAA,     A,    NOERROR, NOERROR, NOERROR",
        "filter net 198.51.100.0/24,           A,    NOERROR, NOERROR, NOERROR",
        "drop net 198.51.100.0/24,             A,    NOERROR, silence, NOERROR",
        "ALLOW net 192.0.2.0/24;Block,         A,    NOERROR, REFUSED, REFUSED",
        "allow type A;block net 0.0.0.0/0,     A,    NOERROR, NOERROR, NOERROR",
        "allow type A;block net 0.0.0.0/0,     AAAA, REFUSED, REFUSED, NOERROR",
    })
    void theFirstRuleThatFitsDecides(String rules, String qtype, String friend, String stranger, String ipv6) {
        try (ServedCorefile server = serving("acl {\n" + rules.replace(";", "\n") + "\n}")) {
            for (int i = 0; i < 2; i++) { // once from the rules, once where an image may be
                assertThat(server.rcode(FRIEND, NAME, qtype)).isEqualTo(friend);
                assertThat(server.rcode(STRANGER, NAME, qtype)).isEqualTo(stranger);
                assertThat(server.rcode("2001:db8::1", NAME, qtype)).isEqualTo(ipv6);
            }
        }
    }

    @Test
    void anAnswerOfAnAllowedClientIsNeverToldToABlockedOne() {
        for (String action : List.of("block", "filter", "drop")) {
            try (ServedCorefile server = serving("acl {\n allow net 192.0.2.0/24\n " + action + "\n}")) {
                String allowed = server.answer(FRIEND, NAME, "A");
                assertThat(allowed).isEqualTo("NOERROR | www.example.org. 300 A 10.0.0.1");
                String refused = server.rcode(STRANGER, NAME, "A");
                assertThat(refused)
                        .isEqualTo(Map.of("block", "REFUSED", "filter", "NOERROR", "drop", "silence")
                                .get(action));
                assertThat(server.answer(OTHER_FRIEND, NAME, "A")).isEqualTo(allowed);
                if (action.equals("filter")) {
                    assertThat(server.answer(STRANGER, NAME, "A")).isEqualTo("NOERROR");
                }
            }
        }
    }

    @Test
    void rulesAreForTheirZones() {
        try (ServedCorefile server = serving("acl a.example.org b.example.org {\n block\n}")) {
            assertThat(server.rcode(FRIEND, "www.a.example.org.", "A")).isEqualTo("REFUSED");
            assertThat(server.rcode(FRIEND, "B.Example.Org.", "A")).isEqualTo("REFUSED");
            assertThat(server.rcode(FRIEND, NAME, "A")).isEqualTo("NOERROR");
        }
    }

    @Test
    void severalAclsAreLookedAtInTheirOrder() {
        String acls = "acl example.org {\n allow net 192.0.2.0/24\n}\nacl {\n block type A\n}";
        try (ServedCorefile server = serving(acls)) {
            assertThat(server.rcode(FRIEND, NAME, "A")).isEqualTo("NOERROR");
            assertThat(server.rcode(STRANGER, NAME, "A")).isEqualTo("REFUSED");
            assertThat(server.rcode(STRANGER, NAME, "TXT")).isEqualTo("NOERROR");
        }
    }

    @Test
    void decisionsAreCountedReplaysToo() {
        try (ServedCorefile server =
                serving("acl {\n allow net 192.0.2.0/24\n block type A\n drop type AAAA\n filter\n}")) {
            server.rcode(FRIEND, NAME, "A");
            server.rcode(OTHER_FRIEND, NAME, "A");
            server.rcode(STRANGER, NAME, "A");
            server.rcode(STRANGER, NAME, "A");
            server.rcode(STRANGER, NAME, "AAAA");
            server.rcode(STRANGER, NAME, "TXT");
            assertThat(server.counters("coredns_acl_"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "coredns_acl_allowed_requests_total{server=dns://:53, view=}", 2.0,
                            "coredns_acl_blocked_requests_total{server=dns://:53, view=, zone=example.org.}", 2.0,
                            "coredns_acl_dropped_requests_total{server=dns://:53, view=, zone=example.org.}", 1.0,
                            "coredns_acl_filtered_requests_total{server=dns://:53, view=, zone=example.org.}", 1.0));
        }
    }
}
