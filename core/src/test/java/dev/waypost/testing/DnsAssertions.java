package dev.waypost.testing;

import dev.waypost.Fallthrough;
import dev.waypost.Pending;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.zone.Finding;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** AssertJ assertions over answers and findings; statically imported in place of AssertJ's own {@code assertThat}. */
public final class DnsAssertions {
    private DnsAssertions() {}

    /** Asserts over a response. */
    public static ResponseAssert assertThat(Response response) {
        return new ResponseAssert(response);
    }

    /** Asserts over the response of a resolution, waiting for it at most a minute; fails on fallthrough. */
    public static ResponseAssert assertThat(Resolution resolution) {
        return new ResponseAssert(response(resolution));
    }

    /** Asserts over a finding. */
    public static FindingAssert assertThat(Finding finding) {
        return new FindingAssert(finding);
    }

    /** Asserts that a resolution falls through, now or within a minute. */
    public static void assertFallsThrough(Resolution resolution) {
        Resolution settled = settled(resolution);
        if (!(settled instanceof Fallthrough)) {
            throw new AssertionError("a fallthrough was expected, found " + settled);
        }
    }

    /** The response of a resolution, waited for at most a minute. */
    public static Response response(Resolution resolution) {
        Resolution settled = settled(resolution);
        if (settled instanceof Response response) {
            return response;
        }
        throw new AssertionError("a response was expected, found " + settled);
    }

    /** A response or a fallthrough, waited for at most a minute. */
    public static Resolution settled(Resolution resolution) {
        if (!(resolution instanceof Pending pending)) {
            return resolution;
        }
        try {
            return pending.settled()
                    .toCompletableFuture()
                    .orTimeout(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new AssertionError("a pending resolution wants to settle in time and never exceptionally", failed);
        }
    }
}
