package dev.waypost.testkit;

import dev.waypost.lookup.Lookup;
import java.net.InetAddress;
import java.util.Collection;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions over the outcome of a look-up; begin with {@link #assertThat}. */
public final class LookupAssert extends AbstractAssert<LookupAssert, Lookup<?>> {
    private LookupAssert(Lookup<?> actual) {
        super(actual, LookupAssert.class);
    }

    /** Asserts over an outcome. */
    public static LookupAssert assertThat(Lookup<?> actual) {
        return new LookupAssert(actual);
    }

    /** It was found. */
    public LookupAssert isFound() {
        return is(Lookup.Found.class);
    }

    /** It was found at this name of the search list. */
    public LookupAssert isFoundAs(String name) {
        isFound();
        String found = ((Lookup.Found<?>) actual).name().toString();
        if (!found.equals(name)) {
            failWithMessage("Expecting to be found as <%s> but was found as <%s>", name, found);
        }
        return this;
    }

    /** Exactly these addresses were found, in any order. */
    public LookupAssert hasAddresses(String... addresses) {
        isFound();
        Object value = ((Lookup.Found<?>) actual).value();
        Assertions.assertThat(value).isInstanceOf(Collection.class);
        Assertions.assertThat((Collection<?>) value)
                .extracting(each -> ((InetAddress) each).getHostAddress())
                .containsExactlyInAnyOrder(addresses);
        return this;
    }

    /** No such name exists. */
    public LookupAssert isNoSuchName() {
        return is(Lookup.NoSuchName.class);
    }

    /** The name holds nothing of the kind. */
    public LookupAssert isNoData() {
        return is(Lookup.NoData.class);
    }

    /** It could not be found out, for whatever reason. */
    public LookupAssert isUndecided() {
        isNotNull();
        if (actual instanceof Lookup.Found || actual instanceof Lookup.NoSuchName || actual instanceof Lookup.NoData) {
            failWithMessage("Expecting an outcome that could not be found out but was <%s>", actual);
        }
        return this;
    }

    private LookupAssert is(Class<?> outcome) {
        isNotNull();
        if (!outcome.isInstance(actual)) {
            failWithMessage("Expecting %s but was <%s>", outcome.getSimpleName(), actual);
        }
        return this;
    }
}
