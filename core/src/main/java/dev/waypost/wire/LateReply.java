package dev.waypost.wire;

import dev.waypost.Response;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * A response that may arrive while its query is still being taken in, or after: it is given back to the thread that
 * takes the query in, or to {@code late}, and never to both.
 */
final class LateReply {
    private static final Response WAITED_FOR = Response.failure(Rcode.SERVFAIL);

    private final AtomicReference<@Nullable Response> state = new AtomicReference<>();
    private final Consumer<Response> late;

    /**
     * @param late takes the response when {@link #early} had none, on the thread that brings it
     */
    LateReply(Consumer<Response> late) {
        this.late = late;
    }

    /** Brings the response; called once, from any thread. */
    void arrive(Response response) {
        if (!state.compareAndSet(null, response)) {
            late.accept(response);
        }
    }

    /** The response, if it is here; otherwise null, and {@code late} will take it. Called once. */
    @Nullable
    Response early() {
        return state.compareAndSet(null, WAITED_FOR) ? null : state.get();
    }
}
