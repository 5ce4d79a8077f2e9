package dev.waypost.dnsjava;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Resolver;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIG;

/**
 * A resolver as dnsjava's users know one: {@code LookupSession.builder().resolver(new DnsjavaResolver(engine))}.
 *
 * <p>No packet is made and none is sent; an answer from memory is a completed stage. Port, transport, truncation, EDNS
 * and TSIG settings speak of packets and do nothing here. Safe for any number of threads.
 */
public final class DnsjavaResolver implements org.xbill.DNS.Resolver {
    /** What a caller waits for a resolution that outlives its deadline, so that nobody waits for ever. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Resolver resolver;
    private volatile Duration timeout = Query.DEFAULT_TIMEOUT;

    /** @param resolver asked for every message: a whole engine, as a rule */
    public DnsjavaResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Answers a message.
     *
     * @return the reply: FORMERR without exactly one question, NOTIMP for an opcode other than QUERY, REFUSED where the
     *     resolver falls through
     */
    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return sendAsync(query, Runnable::run);
    }

    /**
     * Answers a message.
     *
     * @param executor completes a reply that comes later; a reply from memory is complete at once
     */
    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return completed(query, Response.failure(Rcode.NOTIMP));
        }
        if (!Messages.hasOneQuestion(query)) {
            return completed(query, Response.failure(Rcode.FORMERR));
        }
        long deadlineNanos = Ticker.SYSTEM.nanoTime() + timeout.toNanos();
        Resolution resolution = resolver.resolve(Messages.query(query, deadlineNanos));
        return resolution instanceof Pending later
                ? later.settled().thenApplyAsync(settled -> Messages.reply(query, response(settled)), executor)
                : completed(query, response(resolution));
    }

    private static CompletionStage<Message> completed(Message query, Response response) {
        return CompletableFuture.completedFuture(Messages.reply(query, response));
    }

    private static Response response(Resolution settled) {
        return settled instanceof Response response ? response : Response.failure(Rcode.REFUSED);
    }

    /**
     * Answers a message and waits for the answer.
     *
     * @throws IOException where the resolver failed or did not answer in time
     */
    @Override
    public Message send(Message query) throws IOException {
        try {
            return sendAsync(query)
                    .toCompletableFuture()
                    .get(timeout.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + timeout, late);
        } catch (ExecutionException failed) {
            throw new IOException("the resolver failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Sets the deadline of later queries. */
    @Override
    public void setTimeout(Duration value) {
        timeout = value;
    }

    @Override
    public Duration getTimeout() {
        return timeout;
    }

    /** Does nothing: no packet is sent. */
    @Override
    public void setPort(int port) {}

    /** Does nothing: no packet is sent. */
    @Override
    public void setTCP(boolean flag) {}

    /** Does nothing: no answer is cut. */
    @Override
    public void setIgnoreTruncation(boolean flag) {}

    /** Does nothing: a message's own OPT record counts. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    /** Does nothing: no packet is sent. */
    @Override
    public void setTSIGKey(TSIG key) {}
}
