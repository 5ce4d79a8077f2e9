package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waypost.Fallthrough;
import dev.waypost.Freshness;
import dev.waypost.Layer;
import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.RecordSet;
import dev.waypost.Resolver;
import dev.waypost.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What every layer keeps. A test class of a layer implements this and gets its tests. */
public interface LayerContract {
    /** The layer in its plainest configuration; a new one at every call. */
    Layer layer();

    /** A question that the layer has no reason to answer or refuse by itself. */
    default Query question() {
        return Query.of(Name.fromConstantString("www.example.org."), Type.A);
    }

    /** An answer to {@link #question()}. */
    default Response answer() {
        RecordSet set = RecordSet.ofRdata(question().qname(), Type.A, 300, List.of(new byte[] {(byte) 192, 0, 2, 1}));
        return Response.answer(Freshness.always(), set);
    }

    @Test
    default void layerAsksNothingWhenItIsPutOver() {
        AtomicInteger asked = new AtomicInteger();
        Resolver next = query -> {
            asked.incrementAndGet();
            return Fallthrough.FALLTHROUGH;
        };
        assertThat(layer().over(next)).isNotNull();
        assertThat(asked).hasValue(0);
    }

    @Test
    default void fallthroughGoesThrough() {
        DnsAssertions.assertFallsThrough(
                layer().over(query -> Fallthrough.FALLTHROUGH).resolve(question()));
    }

    @Test
    default void fallthroughThatComesLaterGoesThrough() {
        Resolver next = query -> Pending.on(CompletableFuture.supplyAsync(() -> Fallthrough.FALLTHROUGH));
        DnsAssertions.assertFallsThrough(layer().over(next).resolve(question()));
    }

    @Test
    default void laterAnswerIsTreatedAsAnAnswerNow() {
        Response now = DnsAssertions.response(layer().over(query -> answer()).resolve(question()));
        Resolver late = query -> Pending.on(CompletableFuture.supplyAsync(this::answer));
        Response later = DnsAssertions.response(layer().over(late).resolve(question()));
        assertThat(later.rcode()).isEqualTo(now.rcode());
        assertThat(later.answer()).isEqualTo(now.answer());
        assertThat(later.rotatable()).isEqualTo(now.rotatable());
    }

    @Test
    default void failureStaysAFailureAndIsNeverFresh() {
        Resolver failing = query -> Response.failure(Rcode.SERVFAIL);
        Response response = DnsAssertions.response(layer().over(failing).resolve(question()));
        DnsAssertions.assertThat(response).hasRcode(Rcode.SERVFAIL).holdsNoMore();
    }

    @Test
    default void endedAnswerIsNotMadeFreshAgain() {
        Resolver next = query -> answer().withFreshness(Freshness.never());
        DnsAssertions.assertThat(layer().over(next).resolve(question())).holdsNoMore();
    }
}
