package dev.waypost.testing;

import dev.waypost.zone.Finding;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions over a finding; records are written as in {@link ResponseAssert}. */
public final class FindingAssert extends AbstractAssert<FindingAssert, Finding> {
    FindingAssert(Finding actual) {
        super(actual, FindingAssert.class);
    }

    /** Exactly these records, in any order. */
    public FindingAssert found(String... records) {
        Finding.Found found = is(Finding.Found.class);
        Assertions.assertThat(Zones.lines(found.set())).containsExactlyInAnyOrder(records);
        return this;
    }

    /** An alias whose record points to this name. */
    public FindingAssert isAliasTo(String target) {
        Assertions.assertThat(is(Finding.Alias.class).target()).asString().isEqualTo(target);
        return this;
    }

    /** The name exists, the type does not. */
    public FindingAssert isNoData() {
        is(Finding.NoData.class);
        return this;
    }

    /** No such name. */
    public FindingAssert isNxDomain() {
        is(Finding.NxDomain.class);
        return this;
    }

    /** A zone cut at this name. */
    public FindingAssert isReferralTo(String cut) {
        Assertions.assertThat(is(Finding.Referral.class).ns().owner())
                .asString()
                .isEqualTo(cut);
        return this;
    }

    /** Not loaded yet. */
    public FindingAssert isNotReady() {
        is(Finding.NotReady.class);
        return this;
    }

    /** It still holds. */
    public FindingAssert holds() {
        Assertions.assertThat(actual.freshness().holdsAt(0))
                .as("freshness holds")
                .isTrue();
        return this;
    }

    /** It was ended. */
    public FindingAssert holdsNoMore() {
        Assertions.assertThat(actual.freshness().holdsAt(0))
                .as("freshness holds")
                .isFalse();
        return this;
    }

    private <T extends Finding> T is(Class<T> wanted) {
        Assertions.assertThat(actual).isInstanceOf(wanted);
        return wanted.cast(actual);
    }
}
