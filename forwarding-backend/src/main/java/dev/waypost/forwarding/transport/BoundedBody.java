package dev.waypost.forwarding.transport;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an HTTP reply, as long as a DNS message may be and no longer; nothing of a body that is no message. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private static final int MOST_OCTETS = 65_535;
    private static final int USUAL_OCTETS = 1024;

    private final boolean wanted;
    private final Runnable tooLong;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] octets = new byte[USUAL_OCTETS];
    private int length;
    private Flow.@Nullable Subscription subscription;

    /**
     * A body.
     *
     * @param wanted whether the head says that a DNS message follows; otherwise the body is given up at once
     * @param tooLong run when it turns out to be longer than any DNS message, and is given up
     */
    BoundedBody(boolean wanted, Runnable tooLong) {
        this.wanted = wanted;
        this.tooLong = tooLong;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription stream) {
        subscription = stream;
        if (wanted) {
            stream.request(Long.MAX_VALUE);
        } else {
            stream.cancel(); // an error page may be of any length
            body.complete(new byte[0]);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int total = length + part.remaining();
            if (total > MOST_OCTETS) {
                tooLong.run();
                if (subscription != null) {
                    subscription.cancel();
                }
                body.complete(new byte[0]);
                return;
            }
            if (total > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(total, 2 * octets.length));
            }
            part.get(octets, length, part.remaining());
            length = total;
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        body.complete(Arrays.copyOf(octets, length));
    }
}
