package dev.waypost;

import static dev.waypost.testing.DnsAssertions.response;
import static dev.waypost.testing.DnsAssertions.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.zone.Witness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;

/** The laws of map and orElse, for answers now and later alike. */
class ResolutionTest {
    private static final Response RESPONSE = Response.empty(Rcode.NOERROR, Freshness.always());
    private static final Response OTHER = Response.failure(Rcode.REFUSED);

    static Stream<Resolution> responses() {
        return Stream.of(
                RESPONSE,
                later(RESPONSE),
                later(later(RESPONSE)),
                Pending.on(CompletableFuture.supplyAsync(() -> RESPONSE)));
    }

    static Stream<Resolution> fallthroughs() {
        return Stream.of(
                Fallthrough.FALLTHROUGH,
                new Fallthrough(new Witness()),
                later(Fallthrough.FALLTHROUGH),
                later(later(new Fallthrough(new Witness()))));
    }

    static Stream<Resolution> all() {
        return Stream.concat(responses(), fallthroughs());
    }

    private static Resolution later(Resolution resolution) {
        return Pending.on(CompletableFuture.completedFuture(resolution));
    }

    @ParameterizedTest
    @MethodSource("all")
    void mapOfIdentityChangesNothing(Resolution resolution) {
        assertThat(settled(resolution.map(UnaryOperator.identity()))).isEqualTo(settled(resolution));
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoMapsAreTheirComposition(Resolution resolution) {
        UnaryOperator<Response> first = each -> each.withRcode(each.rcode() + 1);
        UnaryOperator<Response> second = each -> each.withRcode(each.rcode() * 2);
        assertThat(settled(resolution.map(first).map(second)))
                .isEqualTo(settled(resolution.map(each -> second.apply(first.apply(each)))));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void orElseOfAResponseAsksNobody(Resolution resolution) {
        AtomicInteger asked = new AtomicInteger();
        Supplier<Resolution> next = () -> {
            asked.incrementAndGet();
            return OTHER;
        };
        assertThat(settled(resolution.orElse(next))).isSameAs(RESPONSE);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("fallthroughs")
    void orElseOfAFallthroughAsksOnce(Resolution resolution) {
        AtomicInteger asked = new AtomicInteger();
        assertThat(response(resolution.orElse(() -> {
                            asked.incrementAndGet();
                            return OTHER;
                        }))
                        .rcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("fallthroughs")
    void mapOfAFallthroughIsAFallthrough(Resolution resolution) {
        AtomicInteger changed = new AtomicInteger();
        assertThat(settled(resolution.map(each -> {
                    changed.incrementAndGet();
                    return each;
                })))
                .isInstanceOf(Fallthrough.class);
        assertThat(changed).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void whatTheNextResolverSaysHoldsNoLongerThanTheFallthrough(Resolution next) {
        Witness absent = new Witness();
        Response response = response(later(new Fallthrough(absent)).orElse(() -> next));
        assertThat(response.freshness().holdsAt(0)).isTrue();
        absent.breakNow();
        assertThat(response.freshness().holdsAt(0)).isFalse();
    }

    @Test
    void twoFallthroughsHoldWhileBothDo() {
        Witness first = new Witness();
        Witness second = new Witness();
        Resolution both = new Fallthrough(first).orElse(() -> later(new Fallthrough(second)));
        Fallthrough settled = (Fallthrough) settled(both);
        assertThat(settled.freshness().holdsAt(0)).isTrue();
        second.breakNow();
        assertThat(settled.freshness().holdsAt(0)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("responses")
    void whatTheNextResolverSaysIsAsStaleAsTheFallthrough(Resolution next) {
        Staleness older = Staleness.since(3);
        Resolution lost = later(new Fallthrough(Freshness.always(), Staleness.since(5)));
        assertThat(response(lost.orElse(() -> next)).staleness()).isEqualTo(Staleness.since(5));
        assertThat(response(lost.orElse(() -> next.map(each -> each.withStaleness(older))))
                        .staleness())
                .isEqualTo(older);
        assertThat(response(Fallthrough.FALLTHROUGH.orElse(() -> next)).staleness())
                .isEqualTo(Staleness.FRESH);
        Resolution both = lost.orElse(() -> later(new Fallthrough(new Witness(), older)));
        assertThat(settled(both))
                .isInstanceOfSatisfying(
                        Fallthrough.class,
                        fallthrough -> assertThat(fallthrough.staleness()).isEqualTo(older));
        assertThat(settled(both.bounded(new Witness())))
                .isInstanceOfSatisfying(
                        Fallthrough.class,
                        fallthrough -> assertThat(fallthrough.staleness()).isEqualTo(older));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void whatIsAskedFromAResponseIsTheResolution(Resolution resolution) {
        assertThat(settled(resolution.flatMap(each -> each))).isSameAs(RESPONSE);
        assertThat(response(resolution.flatMap(each -> later(each.withRcode(Rcode.REFUSED))))
                        .rcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(settled(resolution.flatMap(each -> later(Fallthrough.FALLTHROUGH))))
                .isInstanceOf(Fallthrough.class);
    }

    @ParameterizedTest
    @MethodSource("fallthroughs")
    void nothingIsAskedFromAFallthrough(Resolution resolution) {
        AtomicInteger asked = new AtomicInteger();
        assertThat(settled(resolution.flatMap(each -> {
                    asked.incrementAndGet();
                    return each;
                })))
                .isInstanceOf(Fallthrough.class);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBoundHoldsForWhateverSettles(Resolution resolution) {
        Witness bound = new Witness();
        Resolution settled = settled(resolution.bounded(bound));
        Freshness freshness =
                settled instanceof Fallthrough behind ? behind.freshness() : ((Response) settled).freshness();
        assertThat(freshness.holdsAt(0)).isTrue();
        bound.breakNow();
        assertThat(freshness.holdsAt(0)).isFalse();
    }
}
