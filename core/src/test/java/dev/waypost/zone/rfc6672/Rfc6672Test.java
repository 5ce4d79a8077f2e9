package dev.waypost.zone.rfc6672;

import static dev.waypost.testing.DnsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waypost.Fallthrough;
import dev.waypost.Query;
import dev.waypost.testing.ResponseAssert;
import dev.waypost.testing.Zones;
import dev.waypost.zone.AuthoritativeResolver;
import dev.waypost.zone.FallthroughZones;
import dev.waypost.zone.StaticZone;
import java.util.Collections;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

@DisplayName("RFC 6672: DNAME")
class Rfc6672Test {
    private static final String LONG = String.join(".", Collections.nCopies(3, "l".repeat(63)));

    private static final StaticZone ZONE = Zones.zone(
            "example.org",
            "old 600 DNAME new",
            "old TXT \"here\"",
            "www.new A 192.0.2.1",
            "away DNAME example.net.",
            "round DNAME turn.round2",
            "round2 DNAME round",
            "grow DNAME x.grow",
            "long DNAME " + "t".repeat(63) + ".example.net.");

    private static ResponseAssert ask(String qname, int qtype) {
        AuthoritativeResolver resolver =
                new AuthoritativeResolver(ZONE, FallthroughZones.NONE, query -> Fallthrough.FALLTHROUGH);
        return assertThat(resolver.resolve(Query.of(Zones.name(qname), qtype)));
    }

    @Test
    @DisplayName("Section 3.1: DNAME, a CNAME with its TTL, and what they lead to")
    void dnameIsFollowed() {
        ask("WWW.old.example.org", Type.A)
                .isAuthoritative()
                .answers(
                        "old.example.org. 600 DNAME new.example.org.",
                        "WWW.old.example.org. 600 CNAME WWW.new.example.org.",
                        "WWW.new.example.org. 300 A 192.0.2.1");
    }

    @Test
    @DisplayName("Section 2.3: the owner itself is not moved and keeps its data")
    void ownerIsNotMoved() {
        ask("old.example.org", Type.TXT).answers("old.example.org. 300 TXT here");
        ask("old.example.org", Type.DNAME).answers("old.example.org. 600 DNAME new.example.org.");
        ask("old.example.org", Type.A).isNoData();
    }

    @Test
    @DisplayName("Section 3.2: a missing name behind the move is NXDOMAIN, with the SOA where the chain ended")
    void missingBehindTheMove() {
        ask("no.old.example.org", Type.A)
                .hasRcode(Rcode.NXDOMAIN)
                .hasAnswer(
                        "old.example.org. 600 DNAME new.example.org.",
                        "no.old.example.org. 600 CNAME no.new.example.org.")
                .hasSoa("example.org.", 60);
    }

    @Test
    @DisplayName("Section 3.2: a target outside of the zone that nobody answers for leaves the chain alone")
    void targetElsewhere() {
        ask("a.b.away.example.org", Type.A)
                .answers(
                        "away.example.org. 300 DNAME example.net.", "a.b.away.example.org. 300 CNAME a.b.example.net.");
    }

    @Test
    @DisplayName("Section 3.2: a question for the CNAME is answered by the synthesized one")
    void cnameQuestionEndsAtTheSynthesizedOne() {
        ask("www.old.example.org", Type.CNAME)
                .answers(
                        "old.example.org. 600 DNAME new.example.org.",
                        "www.old.example.org. 600 CNAME www.new.example.org.");
    }

    @Test
    @DisplayName("Section 3.2: ANY moves on, as nothing stands at the name")
    void anyMovesOn() {
        ask("www.old.example.org", Type.ANY)
                .answers(
                        "old.example.org. 600 DNAME new.example.org.",
                        "www.old.example.org. 600 CNAME www.new.example.org.",
                        "www.new.example.org. 300 A 192.0.2.1");
    }

    @Test
    @DisplayName("Section 2.2: a name that grows past 255 octets is YXDOMAIN with the DNAME")
    void overflowIsYxdomain() {
        ask(LONG + ".long.example.org", Type.A)
                .hasRcode(Rcode.YXDOMAIN)
                .isAuthoritative()
                .hasAnswer("long.example.org. 300 DNAME " + "t".repeat(63) + ".example.net.");
    }

    @Test
    @DisplayName("Section 3.2: a loop ends, with each DNAME once")
    void loopsEndWithEachDnameOnce() {
        ask("a.grow.example.org", Type.A)
                .satisfies(response -> Assertions.assertThat(response.answer())
                        .filteredOn(set -> set.type() == Type.DNAME)
                        .hasSize(1));
        ask("a.round.example.org", Type.A)
                .satisfies(response -> Assertions.assertThat(response.answer())
                        .filteredOn(set -> set.type() == Type.DNAME)
                        .hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d DNAME x.example.net. # a.d A 192.0.2.1 | 5: a DNAME wants nothing below its name (RFC 6672 section 2.4)",
                "a.d A 192.0.2.1 # d DNAME x.example.net. | 4: a DNAME wants nothing below its name (RFC 6672 section 2.4)",
                "d DNAME x.example.net. # d DNAME y.example.net. | 5: a name wants one DNAME",
                "d DNAME x.example.net. # d CNAME y.example.net. | 5: a CNAME wants no other data",
                "d DNAME x.example.net. # d NS ns.example.net. | 5: a zone cut wants no DNAME",
            })
    @DisplayName("Sections 2.3, 2.4, 5.2: what may not stand beside or below a DNAME is refused")
    void neighboursAreRefused(String lines, String fault) {
        assertThatThrownBy(() -> Zones.zone("example.org", lines.split(" # "))).hasMessageContaining(fault);
    }
}
