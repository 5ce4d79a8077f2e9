package dev.waypost.wire;

import dev.waypost.Client;
import dev.waypost.Envelope;

/**
 * One query on its way to its reply.
 *
 * @param query what was asked
 * @param route who answers, and who watches
 * @param path where the reply goes
 * @param options what the reply's OPT record says whatever the response is
 * @param images where an image of the reply may be kept: the table that was there before the route was asked for
 * @param room octets of the transport's reply buffer
 * @param arrivalNanos when the query arrived
 */
record Transaction(
        QueryMessage query,
        Route route,
        ReplyPath path,
        ReplyOptions options,
        ImageTable images,
        int room,
        long arrivalNanos) {
    Client client() {
        return path.client();
    }

    boolean isDatagram() {
        return path.transport().isDatagram();
    }

    /** Octets of the reply, at most. */
    int limit() {
        return Math.min(room, ReplyWriter.limit(query, isDatagram()));
    }

    /** Octets of a reply in this envelope, at most. */
    int limit(Envelope envelope) {
        return isDatagram() ? Math.min(limit(), envelope.datagramOctets()) : limit();
    }

    /** Whether the same query would have the same reply, whatever buffer it comes with. */
    boolean isImageable() {
        return images.isOpen() && query.isImageable() && ReplyWriter.limit(query, isDatagram()) <= room;
    }

    /** The same, fit to outlive the transport's buffer. */
    Transaction detached() {
        return new Transaction(query.detached(), route, path, options, images, room, arrivalNanos);
    }
}
