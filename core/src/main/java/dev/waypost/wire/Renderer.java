package dev.waypost.wire;

import dev.waypost.Client;
import dev.waypost.Envelope;
import dev.waypost.Exchange;
import dev.waypost.Response;
import dev.waypost.Ticker;
import java.util.Arrays;

/**
 * Turns a response into reply octets, keeps an image of them where the response may be said again, and tells the
 * observers. Safe for any number of threads.
 */
final class Renderer {
    private final Ticker ticker;
    private final ThreadLocal<ReplyWriter> writers = ThreadLocal.withInitial(ReplyWriter::new);

    Renderer(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Renders the reply of a transaction.
     *
     * @return octets of the reply in {@code space}, or {@link WireResponder#SILENCE} where nothing is to be said, or no
     *     reply has room
     */
    int render(Transaction transaction, Response response, byte[] space) {
        Envelope envelope = response.envelope();
        if (envelope.silent()) {
            return WireResponder.SILENCE;
        }
        int limit = Math.min(space.length - transaction.signatureOctets(), transaction.limit(envelope));
        Reply unsigned = writers.get().write(transaction, response, space, limit);
        if (unsigned.length() == 0) {
            return WireResponder.SILENCE;
        }
        Reply reply = unsigned.signed(transaction.signature());
        long now = ticker.nanoTime();
        if (reply.length() <= Image.MAX_OCTETS
                && transaction.isImageable()
                && response.freshness().holdsAt(now)
                && transaction.images().admits(transaction.query(), transaction.isDatagram())) {
            keepImage(transaction, response, reply, now);
        }
        observe(transaction, response, reply);
        return reply.length();
    }

    /** Renders the next of a reply's several messages; its observers are told once, of all of them. */
    Reply renderNext(Transaction transaction, Response response, AnswerCursor answer, byte[] space, int most) {
        int limit = most - transaction.signatureOctets();
        Reply unsigned = writers.get().writeNext(transaction, response, answer, space, limit);
        return unsigned.answerRecords() == 0 ? unsigned : unsigned.signed(transaction.signature());
    }

    /** Tells the observers of a reply. */
    void observe(Transaction transaction, Response response, Reply reply) {
        Route route = transaction.route();
        if (route.isObserved()) {
            route.observe(exchange(transaction, response, reply, transaction.client(), ticker.nanoTime()));
        }
    }

    private static void keepImage(Transaction transaction, Response response, Reply reply, long now) {
        byte[] octets = Arrays.copyOf(reply.octets(), reply.length());
        int questionEnd = transaction.query().question().end();
        boolean timed = response.freshness().isTimed();
        ReplyLayout layout = ReplyLayout.of(octets, questionEnd, timed, response.rotatable());
        if (layout == null) {
            return;
        }
        Exchange told = exchange(transaction, response, reply, Client.IN_PROCESS, now); // no client is kept alive
        Image.Birth birth = new Image.Birth(response.freshness(), now, transaction.route(), told);
        Image image = new Image(transaction.query(), transaction.isDatagram(), octets, layout, birth);
        transaction.images().store(image, now);
    }

    private static Exchange exchange(
            Transaction transaction, Response response, Reply reply, Client client, long nowNanos) {
        QueryMessage query = transaction.query();
        QueryMessage.Question question = query.question();
        return new Exchange(
                transaction.route().server(),
                transaction.route().zone(),
                client,
                query.id(),
                query.opcode(),
                question.qname(),
                question.qtype(),
                question.qclass(),
                query.edns().dnssecOk(),
                query.edns().udpPayloadSize(),
                query.length(),
                reply.length(),
                reply.flags(),
                reply.rcode(),
                reply.answerRecords(),
                response.answeredBy(),
                response.envelope().labels(),
                nowNanos - transaction.arrivalNanos(),
                false);
    }
}
