package dev.waypost.wire;

import dev.waypost.Response;

/** A zone on its way to a client, message by message. */
final class TransferStream implements ReplyStream {
    /** Octets of a message, unless a record needs more: a name behind the reach of pointers cannot be pointed to. */
    private static final int MESSAGE_OCTETS = NameCompressor.MAX_OFFSET + 1;

    private final Renderer renderer;
    private final Transaction transaction;
    private final Response response;
    private final AnswerCursor answer;
    private Reply last = Reply.NONE;

    /**
     * @param transaction fit to outlive the transport's buffer
     */
    TransferStream(Renderer renderer, Transaction transaction, Response response) {
        this.renderer = renderer;
        this.transaction = transaction;
        this.response = response;
        this.answer = new AnswerCursor(response.answer().get(0), response.zone().orElseThrow());
    }

    /** Whether a response is a whole zone, which may need more than one message. */
    static boolean carries(Transaction transaction, Response response) {
        return response.zone().isPresent()
                && !transaction.isDatagram()
                && !response.envelope().silent();
    }

    @Override
    public int next(byte[] space) {
        if (answer.isAtEnd()) {
            return WireResponder.SILENCE;
        }
        Reply reply = renderer.renderNext(transaction, response, answer, space, MESSAGE_OCTETS);
        if (reply.answerRecords() == 0) {
            reply = renderer.renderNext(transaction, response, answer, space, ReplyWriter.STREAM_LIMIT);
        }
        if (reply.answerRecords() == 0) {
            throw new IllegalStateException("a record of " + answer.set().owner() + " fits into no message");
        }
        last = reply.behind(last);
        if (answer.isAtEnd()) {
            renderer.observe(transaction, response, last);
        }
        return reply.length();
    }
}
