package dev.waypost.testing;

import dev.waypost.ExtendedError;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Assertions over a response. A record is written {@code owner ttl type rdata}, single spaces, names absolute:
 * {@code "web.shop. 30 A 192.0.2.1"}; owners and names are compared as spelled.
 */
public final class ResponseAssert extends AbstractAssert<ResponseAssert, Response> {
    ResponseAssert(Response actual) {
        super(actual, ResponseAssert.class);
    }

    /** The RCODE. */
    public ResponseAssert hasRcode(int rcode) {
        Assertions.assertThat(Rcode.string(actual.rcode())).as("RCODE").isEqualTo(Rcode.string(rcode));
        return this;
    }

    /** The AA bit is set. */
    public ResponseAssert isAuthoritative() {
        Assertions.assertThat(actual.authoritative()).as("AA").isTrue();
        return this;
    }

    /** The AA bit is clear. */
    public ResponseAssert isNotAuthoritative() {
        Assertions.assertThat(actual.authoritative()).as("AA").isFalse();
        return this;
    }

    /** NOERROR with exactly these records in the ANSWER section, RRsets in this order. */
    public ResponseAssert answers(String... records) {
        return hasRcode(Rcode.NOERROR).hasAnswer(records);
    }

    /** Exactly these records in the ANSWER section, in this order, whatever the RCODE. */
    public ResponseAssert hasAnswer(String... records) {
        Assertions.assertThat(lines(actual.answer())).as("ANSWER").containsExactly(records);
        return this;
    }

    /** NOERROR with exactly these records in the ANSWER section, in any order. */
    public ResponseAssert answersInAnyOrder(String... records) {
        hasRcode(Rcode.NOERROR);
        Assertions.assertThat(lines(actual.answer())).as("ANSWER").containsExactlyInAnyOrder(records);
        return this;
    }

    /** Exactly these records in the AUTHORITY section. */
    public ResponseAssert hasAuthority(String... records) {
        Assertions.assertThat(lines(actual.authority())).as("AUTHORITY").containsExactlyInAnyOrder(records);
        return this;
    }

    /** Exactly these records in the ADDITIONAL section. */
    public ResponseAssert hasAdditional(String... records) {
        Assertions.assertThat(lines(actual.additional())).as("ADDITIONAL").containsExactlyInAnyOrder(records);
        return this;
    }

    /** NOERROR, an empty ANSWER section, and a SOA (RFC 2308 section 2.2). */
    public ResponseAssert isNoData() {
        return hasRcode(Rcode.NOERROR).hasAnswer().hasSoa();
    }

    /** NXDOMAIN, an empty ANSWER section, and a SOA (RFC 2308 section 2.1). */
    public ResponseAssert isNxDomain() {
        return hasRcode(Rcode.NXDOMAIN).hasAnswer().hasSoa();
    }

    /** NOERROR without AA or answer, and NS records of the cut in the AUTHORITY section. */
    public ResponseAssert isReferralTo(String cut) {
        hasRcode(Rcode.NOERROR).isNotAuthoritative().hasAnswer();
        Assertions.assertThat(owners(actual.authority(), Type.NS))
                .as("NS in AUTHORITY")
                .containsExactly(cut);
        return this;
    }

    /** One SOA in the AUTHORITY section and nothing else. */
    public ResponseAssert hasSoa() {
        Assertions.assertThat(actual.authority())
                .as("SOA in AUTHORITY")
                .singleElement()
                .matches(set -> set.type() == Type.SOA && set.size() == 1, "is one SOA");
        return this;
    }

    /** One SOA of this zone in the AUTHORITY section, with this TTL. */
    public ResponseAssert hasSoa(String zone, int ttlSeconds) {
        hasSoa();
        Assertions.assertThat(owners(actual.authority(), Type.SOA))
                .as("SOA's owner")
                .containsExactly(zone);
        Assertions.assertThat(actual.authority().get(0).ttlSeconds())
                .as("SOA's TTL")
                .isEqualTo(ttlSeconds);
        return this;
    }

    /** An extended error of this code (RFC 8914). */
    public ResponseAssert hasExtendedError(int infoCode) {
        Assertions.assertThat(actual.extendedErrors())
                .as("extended errors")
                .extracting(ExtendedError::infoCode)
                .contains(infoCode);
        return this;
    }

    /** It may be said again now, as far as events go; for answers whose freshness is a time give the time. */
    public ResponseAssert holds() {
        return holdsAt(0);
    }

    /** It may be said again at a ticker time. */
    public ResponseAssert holdsAt(long nanoTime) {
        Assertions.assertThat(actual.freshness().holdsAt(nanoTime))
                .as("freshness holds")
                .isTrue();
        return this;
    }

    /** It may not be said again. */
    public ResponseAssert holdsNoMore() {
        Assertions.assertThat(actual.freshness().holdsAt(0))
                .as("freshness holds")
                .isFalse();
        return this;
    }

    private static List<String> owners(List<RecordSet> sets, int type) {
        return sets.stream()
                .filter(set -> set.type() == type)
                .map(set -> set.owner().toString())
                .collect(Collectors.toList());
    }

    private static List<String> lines(List<RecordSet> sets) {
        return sets.stream().flatMap(set -> Zones.lines(set).stream()).collect(Collectors.toList());
    }
}
