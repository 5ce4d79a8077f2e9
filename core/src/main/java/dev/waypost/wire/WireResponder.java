package dev.waypost.wire;

import static dev.waypost.wire.BigEndian.u16;

import dev.waypost.Pending;
import dev.waypost.Query;
import dev.waypost.Resolution;
import dev.waypost.Response;
import dev.waypost.Ticker;
import dev.waypost.tsig.TsigReply;
import dev.waypost.wire.policy.Cookie;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;

/**
 * Answers DNS messages: the door that sockets use.
 *
 * <p>Safe for any number of threads. Never throws for anything a message holds. A reply that is replayed from an image
 * allocates nothing where nobody observes it.
 */
public final class WireResponder {
    /** Returned when no reply is to be sent. */
    public static final int SILENCE = 0;

    /** Returned when the reply will go through {@link ReplyPath#send}. */
    public static final int LATER = -1;

    /**
     * Replies with records that come later than this are not sent as datagrams: the client has asked again, and replies
     * held back can be made to arrive in one pulse (CVE-2024-33655; Unbound's {@code discard-timeout}).
     */
    static final long MAX_DATAGRAM_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1900);

    /** For what no time takes part in. */
    private static final long ANY_TIME = 0;

    private static final Clock CLOCK = Clock.systemUTC();

    private final Routes routes;
    private final int imageSlots;
    private final Ticker ticker;
    private final Renderer renderer;
    private volatile ImageTable images;

    /**
     * A door to the given routes.
     *
     * @param routes who answers which name
     * @param imageSlots how many reply images are kept, rounded up to a power of two; 0 keeps none
     */
    public WireResponder(Routes routes, int imageSlots, Ticker ticker) {
        this.routes = routes;
        this.imageSlots = imageSlots;
        this.ticker = ticker;
        this.renderer = new Renderer(ticker);
        this.images = new ImageTable(imageSlots);
    }

    /**
     * Answers one message.
     *
     * @param query holds the message from index 0; not kept and not changed
     * @param length octets of the message
     * @param reply takes the reply from index 0; 65535 octets for a stream, at least 1232 for a datagram, in which no
     *     more than the buffer's length is ever written
     * @param path who asks, and where a later reply goes
     * @return octets of the reply in {@code reply}, or {@link #SILENCE}, or {@link #LATER}
     */
    public int respond(byte[] query, int length, byte[] reply, ReplyPath path) {
        return respond(query, length, reply, path, WirePolicy.OPEN);
    }

    /**
     * Answers one message as a policy wants it.
     *
     * @param policy how the client is met
     * @see #respond(byte[], int, byte[], ReplyPath)
     */
    public int respond(byte[] query, int length, byte[] reply, ReplyPath path, WirePolicy policy) {
        // Before the routes are asked: what an old route says must not be kept in the table of the new ones.
        ImageTable table = images;
        Image image = table.find(query, length, path.transport().isDatagram());
        if (image != null && image.length() <= reply.length) {
            // The clock would be a third of what a replay costs: it is read only where somebody wants to know.
            long now = image.wantsTime() || policy.wantsTime() ? ticker.nanoTime() : ANY_TIME;
            if (!image.holdsAt(now)) {
                table.drop(image);
            } else if (image.isFor(path) && policy.admits(path, now)) {
                return replay(image, query, reply, path, now);
            }
        }
        return answer(query, length, reply, new Arrival(path, policy, table, ticker.nanoTime()));
    }

    /** How a message came: what does not lie in its octets. */
    private record Arrival(ReplyPath path, WirePolicy policy, ImageTable images, long nanoTime) {}

    private int answer(byte[] query, int length, byte[] reply, Arrival arrival) {
        if (!(QueryReader.read(query, length) instanceof Reading.Read read)) {
            return SILENCE;
        }
        WirePolicy policy = arrival.policy();
        Cookie cookie = policy.cookie(read.message(), arrival.path());
        if (!(policy.meet(read, cookie, arrival.path(), arrival.nanoTime()) instanceof Reading.Read taken)) {
            return SILENCE;
        }
        Transaction transaction = transaction(taken, cookie, reply.length, arrival);
        return taken.message().isSigned() ? check(taken, transaction, reply) : answer(taken, transaction, reply);
    }

    private Transaction transaction(Reading.Read read, Cookie cookie, int room, Arrival arrival) {
        QueryMessage query = read.message();
        return new Transaction(
                query,
                route(query.question()),
                arrival.path(),
                null,
                ReplyOptions.of(query.edns(), cookie, arrival.path()),
                read instanceof Reading.SentToStream,
                arrival.images(),
                room,
                arrival.nanoTime());
    }

    /** Answers a signed message, if its signature is right: whatever came it by, and whatever it asks. */
    private int check(Reading.Read read, Transaction transaction, byte[] reply) {
        QueryMessage query = read.message();
        Optional<TsigReply> signature =
                TsigReply.check(query.octets(), query.length(), query.tsigAt(), routes.keys(), CLOCK);
        if (signature.isEmpty()) {
            return renderer.render(transaction, Response.failure(Rcode.FORMERR), reply);
        }
        Transaction signed = transaction.with(signature.get());
        int rcode = signature.get().rcode();
        return rcode == Rcode.NOERROR
                ? answer(read, signed, reply)
                : renderer.render(signed, Response.failure(rcode), reply);
    }

    private int answer(Reading.Read read, Transaction transaction, byte[] reply) {
        if (read instanceof Reading.Asked) {
            return resolve(transaction, reply);
        }
        Response response = read instanceof Reading.Told told ? told.response() : Response.failure(Rcode.NOERROR);
        return renderer.render(transaction, response, reply);
    }

    /** Drops every image: the routes lead elsewhere from now on. Call it after they do. */
    public void forget() {
        images = new ImageTable(imageSlots);
    }

    private int replay(Image image, byte[] query, byte[] reply, ReplyPath path, long arrivalNanos) {
        image.replay(query, reply, arrivalNanos);
        Route route = image.route();
        if (route.isObserved()) {
            long durationNanos = ticker.nanoTime() - arrivalNanos;
            route.observe(image.replayed(path.client(), u16(query, Header.ID), durationNanos));
        }
        return image.length();
    }

    private Route route(QueryMessage.Question question) {
        return question.wasRead() ? routes.route(question.qname(), question.qtype()) : routes.dropped();
    }

    private int resolve(Transaction transaction, byte[] reply) {
        long deadline = transaction.arrivalNanos() + Query.DEFAULT_TIMEOUT.toNanos();
        Query query = transaction
                .query()
                .asQuery(transaction.client(), deadline, transaction.route().server());
        Transaction routed = transaction.through(routes.route(query));
        Resolution resolution = routed.query().opcode() == Opcode.NOTIFY
                ? routed.route().announce(query)
                : routed.route().resolve(query);
        if (resolution instanceof Pending pending) {
            Response early = await(pending, routed.detached());
            return early == null ? LATER : reply(routed, early, reply);
        }
        return reply(routed, settled(resolution, null), reply);
    }

    private int reply(Transaction transaction, Response response, byte[] reply) {
        if (TransferStream.carries(transaction, response)) {
            transaction.path().send(new TransferStream(renderer, transaction.detached(), response));
            return LATER;
        }
        return renderer.render(transaction, response, reply);
    }

    private @Nullable Response await(Pending pending, Transaction transaction) {
        LateReply reply = new LateReply(response -> send(transaction, response));
        var unused = pending.settled().whenComplete((resolution, thrown) -> reply.arrive(settled(resolution, thrown)));
        return reply.early();
    }

    /** The response that a route gave: it turns all else into one, so the other cases are a fault of ours. */
    private static Response settled(@Nullable Resolution resolution, @Nullable Throwable thrown) {
        return thrown == null && resolution instanceof Response response ? response : Response.failure(Rcode.SERVFAIL);
    }

    private void send(Transaction transaction, Response response) {
        ReplyPath path = transaction.path();
        if (TransferStream.carries(transaction, response)) {
            path.send(new TransferStream(renderer, transaction, response));
            return;
        }
        byte[] reply = null;
        try {
            reply = renderLate(transaction, response);
        } finally {
            if (reply == null) {
                path.dropped();
            }
        }
        if (reply != null) {
            path.send(reply);
        }
    }

    private byte @Nullable [] renderLate(Transaction transaction, Response response) {
        long age = ticker.nanoTime() - transaction.arrivalNanos();
        // A failure without records is no larger than its query, and the client should hear of it.
        boolean hasRecords =
                !response.answer().isEmpty() || !response.authority().isEmpty();
        if (transaction.isDatagram() && hasRecords && age > MAX_DATAGRAM_AGE_NANOS) {
            return null;
        }
        byte[] space = new byte[ReplyWriter.spaceFor(transaction, response) + transaction.signatureOctets()];
        int length = renderer.render(transaction, response, space);
        return length == SILENCE ? null : Arrays.copyOf(space, length);
    }
}
